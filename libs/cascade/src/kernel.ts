import type { AccountRow, AssetRow, FundRow, LegRow } from '@undertow/book';
import type { View } from './state.ts';
import type { Lot } from './state.ts';

/**
 * Who bears debt that the account's own collateral did not cover: a fund that is there for it (insurance fund, stability
 * pool, an option market's pool); others who did not borrow (lenders, other positions, liquidity providers); or nobody
 * yet: it is left on the account, or written off and recorded as the venue's deficit.
 */
export type BorneBy = 'fund' | 'others' | 'nobody';

/**
 * Something a liquidation does. A kernel returns effects; only the step applies them. Units balance per asset: what leaves legs
 * and funds is traded by the liquidator (`Offer.flows`), enters other legs and funds, or becomes a lot (debt written off apart,
 * see `badDebt`).
 */
export type Effect =
  /** A leg's amount changes; negative = less collateral or less debt. May be a leg of another account (redistribution). */
  | { readonly kind: 'leg'; readonly leg: LegRow; readonly delta: number }
  /** Asset units that are not sold at once: the protocol's fee, what depositors keep. */
  | {
      readonly kind: 'lot';
      readonly asset: AssetRow;
      readonly holder: Lot['holder'];
      readonly amount: number;
    }
  /**
   * A shared fund pays (negative) or receives (positive), units of the fund's asset. A `lending-pool` that is owed what
   * it does not get is worth so much less, though nothing is paid.
   */
  | { readonly kind: 'fund'; readonly fund: FundRow; readonly amount: number }
  /**
   * Says who bears how much of a loss, and moves nothing by itself: debt that the account's own collateral did not
   * cover, units of the asset owed. The debt leg's own effect goes with it, unless it stays there (`nobody` without a
   * deficit); so does the payment of the fund. A debt leg that shrinks with `others` and without payment is written off
   * against lenders; one that shrinks with `nobody` is recorded as a deficit, by an effect of that fund.
   */
  | {
      readonly kind: 'badDebt';
      readonly asset: AssetRow;
      readonly amount: number;
      readonly borneBy: Exclude<BorneBy, 'fund'>;
    }
  | {
      readonly kind: 'badDebt';
      readonly asset: AssetRow;
      readonly amount: number;
      readonly borneBy: 'fund';
      /** Which one. */
      readonly fund: FundRow;
    };

/** What one call did to one account. USD at the oracle prices of that moment. */
export interface Liquidation {
  readonly account: AccountRow;
  readonly repaidUsd: number;
  readonly seizedUsd: number;
  readonly effects: readonly Effect[];
}

/** Asset units that a liquidator gets (positive) or must hand over (negative). */
export interface Flow {
  readonly asset: AssetRow;
  readonly amount: number;
}

/**
 * One call that a venue would accept now. Its size is a share of the most that the contract allows in one call: everything that
 * it moves is in proportion to its size.
 */
export interface Offer {
  /** Sizes that the contract takes: above 0 up to this, and 1. 1 = any, 0 = the whole alone. */
  readonly mostPart: number;
  /** What the liquidator gets and hands over at size 1. */
  readonly flows: readonly Flow[];
  /** What else is sold with it at size 1, by depositors of a stability pool. */
  readonly soldByOthers: readonly Flow[];
  /** What a call of a size does. */
  readonly at: (size: number) => readonly Liquidation[];
}

/** Something that liquidators can go for: an account that is due, or a venue's batch of them. */
export interface Claim {
  /** The accounts that it is about; of equal claims the one whose first account comes first by name goes first. */
  readonly accounts: readonly AccountRow[];
  /** Lowest goes first among those that pay alike. */
  readonly healthFactor: number;
  /** Claims of phase 0 are all dealt with before those of phase 1. */
  readonly phase: 0 | 1;
  /**
   * The calls that the venue would accept at this moment, the one of the largest amounts first; none where the contract refuses,
   * with the reason. Amounts and funds may have changed since the round began; the oracle prices have not.
   */
  readonly offers: (view: View) => readonly Offer[] | Refusal;
}

/**
 * Why a venue accepts no call: no collateral is left, its market is paused, its fund could not bear the loss, or the position is
 * the last of all.
 */
export type Refusal = 'no-collateral' | 'paused' | 'fund-empty' | 'last-position';

/**
 * How one mechanism liquidates: absorption, auctions, stability pools, soft bands, perpetuals and options are each one such
 * function over a venue's rule.
 */
export interface Kernel {
  /** What there is to go for at one venue, of whose accounts some are due. */
  claims(view: View, due: readonly AccountRow[]): Claim[];
  /**
   * What the venue would charge an account that is due beside taking its collateral, USD: it makes a loss larger where the
   * account is worth less. Absent where the venue charges nothing so.
   */
  closingCostUsd?(view: View, account: AccountRow): number;
}
