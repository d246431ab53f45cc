import type { AccountRow, AssetRow, BookValues, FundRow, LegRow } from '@undertow/book';

/** The engine's working state that a rule may read: current amounts and oracle prices. */
export interface View extends BookValues {
  /**
   * Raw oracle answers by oracle row while every amount is still the book's own integer; undefined once amounts have
   * moved. With them a rule lets the venue's exact maths decide about accounts near the line.
   */
  readonly exactAnswers: readonly bigint[] | undefined;
  /** What each fund holds now, asset units; negative when it owes. */
  readonly fundAmount: Float64Array;
  /** USD by asset row: where the asset's market stands; the root of its ratio to the quote's is the place on the curve. */
  readonly marketPriceUsd: Float64Array;
}

/**
 * Who bears debt that the account's own collateral did not cover: a fund that is there for it (insurance fund, stability
 * pool, an option market's pool); others who did not borrow (lenders, other positions, liquidity providers); or nobody
 * yet: it is left on the account, or written off and recorded as the venue's deficit.
 */
export type BornBy = 'fund' | 'others' | 'nobody';

/**
 * Something a liquidation does. A rule returns effects; only the engine applies them. Units balance per asset: what
 * leaves legs and funds is sold, kept, or enters other legs and funds (debt written off apart, see `badDebt`).
 */
export type Effect =
  /** A leg's amount changes; negative = less collateral or less debt. May be a leg of another account (redistribution). */
  | { readonly kind: 'leg'; readonly leg: LegRow; readonly delta: number }
  /**
   * Asset units that those who liquidate have taken and will sell into depth, or must buy back. Traded in the same round.
   * Cash handed to an account or a fund is bought, cash taken from one is sold.
   */
  | { readonly kind: 'sell' | 'buy'; readonly asset: AssetRow; readonly amount: number }
  /** Asset units that stay with the protocol and are not sold in the run: its fee. */
  | { readonly kind: 'keep'; readonly asset: AssetRow; readonly amount: number }
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
      readonly bornBy: Exclude<BornBy, 'fund'>;
    }
  | {
      readonly kind: 'badDebt';
      readonly asset: AssetRow;
      readonly amount: number;
      readonly bornBy: 'fund';
      /** Which one. */
      readonly fund: FundRow;
    };

/** What one liquidation of one account did. */
export interface Liquidation {
  readonly account: AccountRow;
  readonly repaidUsd: number;
  readonly seizedUsd: number;
  readonly effects: readonly Effect[];
}

/**
 * How one mechanism liquidates. Absorption, auctions, stability pools, soft bands, perpetuals and options are
 * each one file that gives these two functions.
 */
export interface Rule {
  /** Is the account liquidatable at the current oracle prices? */
  isDue(view: View, account: AccountRow): boolean;
  /**
   * One liquidation of each account of one venue that is due, in the order in which they happen, as rational liquidators
   * make them; accounts that nobody would liquidate are left out. All at the same prices; a fund that one of them has
   * drained is empty for the next. Nothing is changed: the engine applies the effects.
   */
  liquidate(view: View, due: readonly AccountRow[]): Liquidation[];
}
