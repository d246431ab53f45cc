import type { AccountRow, AssetRow, BookValues, LegRow } from '@undertow/book';

/** The engine's working state that a rule may read: current amounts and oracle prices. */
export interface View extends BookValues {
  /**
   * Raw oracle answers by oracle row while every amount is still the book's own integer; undefined once amounts have
   * moved. With them a rule lets the venue's exact maths decide about accounts near the line.
   */
  readonly exactAnswers: readonly bigint[] | undefined;
}

/** Something a liquidation does. A rule returns effects; only the engine applies them. */
export type Effect =
  /** A leg's amount changes; negative = less collateral or less debt. May be a leg of another account (redistribution). */
  | { readonly kind: 'leg'; readonly leg: LegRow; readonly delta: number }
  /** Asset units that a liquidator has taken and will sell into depth, or needs to buy back. Sold in the same round. */
  | { readonly kind: 'sell' | 'buy'; readonly asset: AssetRow; readonly amount: number }
  /** Asset units that stay with the protocol (its fee, or an auction's inventory that is sold in later rounds). */
  | { readonly kind: 'keep'; readonly asset: AssetRow; readonly amount: number }
  /** A shared fund pays (negative) or receives (positive), asset units. */
  | { readonly kind: 'fund'; readonly fund: number; readonly asset: AssetRow; readonly amount: number }
  /** Debt that nobody will repay, asset units. `socialised`: taken off lenders now; otherwise it stays on the account. */
  | {
      readonly kind: 'badDebt';
      readonly asset: AssetRow;
      readonly amount: number;
      readonly socialised: boolean;
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
  /** One liquidation of an account that is due, as a rational liquidator makes it; undefined when nobody would. */
  liquidate(view: View, account: AccountRow): Liquidation | undefined;
}
