import { emptyPerpetualGrowth, type PerpetualGrowth } from './growth.ts';
import { changedOrders, settledOrders, type MakerOrder, type OrderChange } from './maker-order.ts';

/** A position in one perpetual market (`AccountBalance.getAccountInfo`). */
export interface PerpetualExposure {
  readonly form: 'perpetual';
  readonly part: 'exposure';
  /** Base units of the taker, wad; positive = long. */
  readonly sizeWad: bigint;
  /** Quote units, wad: what was paid (negative) or received for it, and not yet realised. */
  readonly openNotionalWad: bigint;
  /** The market's accrued premium when funding was last settled; see `PerpetualGrowth.premiumX96`. */
  readonly premiumX96: bigint;
  readonly orders: readonly MakerOrder[];
}

/** The settlement side of a margin account: one per owner, at the market of the settlement token. */
export interface MarginCash {
  readonly form: 'perpetual';
  readonly part: 'cash';
  /** Raw units of the settlement token (`Vault.getBalance`). */
  readonly balance: bigint;
  /** Realised profit that is not in the balance yet, wad (`AccountBalance._owedRealizedPnlMap`). */
  readonly owedWad: bigint;
}

/** A position as Perp v2 stores it. */
export type PerpetualPosition = PerpetualExposure | MarginCash;

/** What one event says of it. */
export type PerpetualChange = { readonly form: 'perpetual' } & (
  | {
      readonly part: 'exposure';
      readonly event: 'traded';
      readonly sizeDeltaWad: bigint;
      /** After the trade. */
      readonly openNotionalWad: bigint;
    }
  | ({ readonly part: 'exposure'; readonly event: 'order' } & OrderChange)
  /** Funding was settled to the market's present premium. */
  | { readonly part: 'exposure'; readonly event: 'settled' }
  | { readonly part: 'exposure'; readonly event: 'closed' }
  | ({ readonly part: 'exposure'; readonly event: 'read' } & Omit<PerpetualExposure, 'form' | 'part'>)
  | {
      readonly part: 'cash';
      readonly event: 'moved';
      readonly balanceDelta: bigint;
      readonly owedDeltaWad: bigint;
    }
  /** Paid out, after what was owed had gone into the balance, rounded down: wads per raw unit. */
  | {
      readonly part: 'cash';
      readonly event: 'withdrawn';
      readonly amount: bigint;
      readonly wadPerUnit: bigint;
    }
);

/** The position after a change; undefined when nothing is left. `growth`: the market's, before which it came. */
export function foldPerpetual(
  before: PerpetualPosition | undefined,
  change: PerpetualChange,
  growth: PerpetualGrowth | undefined,
): PerpetualPosition | undefined {
  if (change.part === 'cash') {
    return foldCash(before?.part === 'cash' ? before : undefined, change);
  }
  return foldExposure(
    before?.part === 'exposure' ? before : undefined,
    change,
    growth ?? emptyPerpetualGrowth,
  );
}

type ChangeOf<Part> = Extract<PerpetualChange, { readonly part: Part }>;

function foldCash(before: MarginCash | undefined, change: ChangeOf<'cash'>): MarginCash | undefined {
  const { balance, owedWad } = before ?? { balance: 0n, owedWad: 0n };
  const after =
    change.event === 'moved'
      ? { balance: balance + change.balanceDelta, owedWad: owedWad + change.owedDeltaWad }
      : { balance: balance + divDown(owedWad, change.wadPerUnit) - change.amount, owedWad: 0n };
  if (after.balance === 0n && after.owedWad === 0n) return undefined;
  return { form: 'perpetual', part: 'cash', ...after };
}

/** A position below this is nothing. Source: `AccountBalance._DUST`. */
export const DUST_WAD = 10n;

function foldExposure(
  before: PerpetualExposure | undefined,
  change: ChangeOf<'exposure'>,
  growth: PerpetualGrowth,
): PerpetualExposure | undefined {
  const old = before ?? emptyExposure;
  const { premiumX96, ranges } = growth;
  switch (change.event) {
    case 'traded': {
      const { openNotionalWad } = change;
      return kept({ ...settled(old, growth), sizeWad: old.sizeWad + change.sizeDeltaWad, openNotionalWad });
    }
    case 'order':
      return kept({ ...old, orders: changedOrders(old.orders, change, ranges, growth), premiumX96 });
    case 'settled':
      return before && settled(before, growth);
    case 'closed':
      return undefined;
    case 'read': {
      const { event: _event, ...read } = change;
      return kept(read);
    }
  }
}

/** Every change of a position settles its funding first; a trade in between changes nothing of what is settled to. */
function settled(exposure: PerpetualExposure, growth: PerpetualGrowth): PerpetualExposure {
  const { premiumX96, ranges } = growth;
  return { ...exposure, premiumX96, orders: settledOrders(exposure.orders, ranges, growth) };
}

const emptyExposure: PerpetualExposure = {
  ...{ form: 'perpetual', part: 'exposure', sizeWad: 0n, openNotionalWad: 0n, premiumX96: 0n, orders: [] },
};

/** Without orders dust is forgotten; the event then says that nothing is open (`AccountBalance._deregisterBaseToken`). */
function kept(exposure: PerpetualExposure): PerpetualExposure | undefined {
  const { sizeWad, openNotionalWad, orders } = exposure;
  return absolute(sizeWad) < DUST_WAD && openNotionalWad === 0n && orders.length === 0 ? undefined : exposure;
}

const absolute = (value: bigint) => (value < 0n ? -value : value);

/** Quotient rounded down, also below zero. Source: `SettlementTokenMath.formatSettlementToken`. */
export function divDown(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
