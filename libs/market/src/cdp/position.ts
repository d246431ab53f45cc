import { interestSinceDown } from './interest.ts';

/** What one unit of stake has been given in all, wad. */
export interface PerStake {
  readonly collateralWad: bigint;
  readonly principalWad: bigint;
  readonly interestWad: bigint;
}

/** A collateralised debt position as its venue stores it. Raw units. */
export interface CdpPosition {
  readonly form: 'cdp';
  readonly collateral: bigint;
  readonly principal: bigint;
  /** Interest up to `accruedAt`. */
  readonly interestOwed: bigint;
  /** Its share of what is redistributed. */
  readonly stake: bigint;
  readonly interestRateBps: bigint;
  /** Unix seconds. */
  readonly accruedAt: number;
  /** Redistributions per stake that it has had its share of. */
  readonly received: PerStake;
}

/** What one event says of it: all that is stored but what is absent and keeps its value; or that it is gone. */
export type CdpChange =
  | {
      readonly form: 'cdp';
      readonly collateral: bigint;
      readonly principal: bigint;
      readonly interestOwed: bigint;
      readonly stake: bigint;
      /** Present when it was set: at the start, and when the owner takes the present rate. */
      readonly interestRateBps?: bigint;
      /** Present when the position had its share of redistributions. */
      readonly received?: PerStake;
      /** Default: the time of the event. */
      readonly accruedAt?: number;
      /** The event tells no interest when debt was drawn: what is owed then is what had accrued. */
      readonly omitsInterestOnDraw?: true;
    }
  | { readonly form: 'cdp'; readonly closed: true };

/** Nothing has been redistributed. */
export const NOTHING_PER_STAKE: PerStake = { collateralWad: 0n, principalWad: 0n, interestWad: 0n };

/** The position after a change at a time (unix seconds); undefined when nothing is left. */
export function foldCdp(
  before: CdpPosition | undefined,
  change: CdpChange,
  time: number,
): CdpPosition | undefined {
  if ('closed' in change) return undefined;
  const { collateral, principal, stake } = change;
  const isSilent = change.omitsInterestOnDraw && before !== undefined && principal > before.principal;
  return {
    ...{ form: 'cdp', collateral, principal, stake },
    interestOwed: isSilent ? before.interestOwed + interestSinceDown(before, time) : change.interestOwed,
    interestRateBps: change.interestRateBps ?? before?.interestRateBps ?? 0n,
    accruedAt: change.accruedAt ?? time,
    received: change.received ?? before?.received ?? NOTHING_PER_STAKE,
  };
}
