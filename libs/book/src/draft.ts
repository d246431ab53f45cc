import type { Address, FeedId, MarketId, VenueId } from '@undertow/market';

/** A price that some leg is valued at: USD, and the integer that it comes from. */
export interface DraftPrice {
  readonly feed: FeedId;
  /** See `BookExact.answer`. */
  readonly answer: bigint;
  /** USD per whole unit. */
  readonly usd: number;
  /** True for a pair's own row, whose price follows from its oracle's ratio and the debt asset's price. */
  readonly isRatio: boolean;
}

/** One leg of the book to be, still in integers. */
export interface DraftLeg {
  readonly market: MarketId;
  readonly asset: Address;
  readonly price: DraftPrice;
  readonly side: 1 | -1;
  /** Raw units of the asset, interest included. */
  readonly amount: bigint;
  /** Basis points or wad, as the mechanism stores it, and the same as a ratio. */
  readonly threshold: bigint;
  readonly liquidationThreshold: number;
  readonly liquidationBonus: number;
  readonly liquidationProtocolFee: number;
}

/** One account of the book to be. Legs in order: by market, collateral before debt. */
export interface DraftAccount {
  readonly venue: VenueId;
  readonly owner: Address;
  readonly legs: readonly DraftLeg[];
}

/** What one venue gives to the book. */
export interface DraftVenue {
  readonly accounts: readonly DraftAccount[];
  /** `priceScale` of `BookExact` by market; markets without one are pooled. */
  readonly priceScale: ReadonlyMap<MarketId, bigint>;
  /** Debt that the venue's own totals say, USD; what cannot be priced is not in it. */
  readonly knownDebtUsd: number;
  readonly gaps: readonly DraftGap[];
}

/** One reason why something is left out; gaps with the same source and reason are added up. */
export interface DraftGap {
  readonly source: string;
  readonly reason: string;
  readonly count: number;
  readonly debtUsd: number | undefined;
}

/** One account that is left out. */
export function accountGap(source: string, reason: string, debtUsd: number | undefined): DraftGap {
  return { source, reason, count: 1, debtUsd };
}
