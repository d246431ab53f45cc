import type { Address, FeedId, MarketId } from '@undertow/market';

/** What a venue itself would say of one account: its own integers, to be checked against its views. */
export interface ExactReading {
  /** '' where an owner has one account at the venue, else what names this one. */
  readonly market: MarketId;
  /**
   * What backs the account ÷ what it must back, wad; below one = liquidatable. Undefined when nothing has to be backed, or
   * nothing is there that could be liquidated.
   */
  readonly healthFactorWad: bigint | undefined;
  /** What the venue's views return. */
  readonly figures: readonly ExactFigure[];
  /**
   * By feed: the answer nearest to the present one at which the account becomes liquidatable. What hangs on the feed (the
   * adapters of derived tokens, an index) moves with it as the contracts compute it; all else stays as it is. Also by
   * price of the venue's own, such as a perpetual's mark price, while all feeds stay as they are, and by feed with such
   * prices `along`. None = never.
   */
  readonly liquidationPrices: readonly LiquidationPrice[];
}

/** One number that a contract's view returns. */
export interface ExactFigure {
  /** Contract and function, such as `Pool.getUserAccountData().totalDebtBase`. */
  readonly view: string;
  /** What it is, in the field's terms. */
  readonly label: string;
  readonly value: bigint;
  readonly decimals: number;
  /** `USD`, a token's symbol, or '' for a ratio. */
  readonly unit: string;
}

export interface LiquidationPrice {
  readonly asset: Address;
  readonly feed: FeedId;
  /** Raw, in the feed's decimals. */
  readonly answer: bigint;
  /** Assets of the venue's own whose prices move with the feed in proportion, such as perpetuals on it. Default: none. */
  readonly along?: readonly Address[];
}

/** An account, or why it cannot be read. */
export type ReadingOrReason = ExactReading | { readonly market: MarketId; readonly reason: string };
