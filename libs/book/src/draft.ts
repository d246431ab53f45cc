import type { Address, FeedId, FundKind, MarketId, VenueId } from '@undertow/market';
import type { BookInstrument, FeedPolicy, LegRole, TieKind } from './book.ts';
import type { GapKind, GapUnit } from './coverage.ts';
import type { DraftPrice } from './draft-price.ts';
import type { VenueRule } from './rule.ts';
import type { UsdPrices } from './prices/usd-prices.ts';

/** A feed of a venue's own, such as a perpetual's mark price. */
export interface DraftFeed {
  readonly id: FeedId;
  readonly label: string;
  readonly answer: bigint;
  readonly decimals: number;
  /** The asset whose market it follows. */
  readonly follows: Address;
  readonly policy: FeedPolicy;
}

/** One leg of the book to be, still in integers. */
export interface DraftLeg {
  readonly market: MarketId;
  /** The market whose terms apply, where that is another. */
  readonly termsMarket?: MarketId;
  readonly asset: Address;
  readonly price: DraftPrice;
  readonly role: LegRole;
  readonly side: 1 | -1;
  /** Raw units of the asset, interest included. */
  readonly amount: bigint;
  /** Basis points or wad, as the mechanism stores it, and the same as a ratio. */
  readonly threshold: bigint;
  readonly liquidationThreshold: number;
  /** Borrowing limit. Default 0. */
  readonly loanToValue?: number;
  readonly liquidationBonus: number;
  readonly liquidationProtocolFee: number;
  /** Perpetuals: maintenance margin as a share of the position's value. Default 0. */
  readonly maintenanceMargin?: number;
  /** Options: id of the series, one of the venue's instruments. */
  readonly instrument?: string;
}

/** One account of the book to be. Legs in order: by market, collateral before debt. */
export interface DraftAccount {
  readonly venue: VenueId;
  readonly owner: Address;
  /** '' where an owner has one account at the venue, else what names this one. */
  readonly market: MarketId;
  readonly legs: readonly DraftLeg[];
  /** See `BookExact.accountState`. */
  readonly state?: readonly bigint[];
  /** See `AccountColumns.stake`. Default 0. */
  readonly stake?: number;
}

/** A fund of the book to be. */
export interface DraftFund {
  readonly kind: FundKind;
  readonly asset: Address;
  readonly price: DraftPrice;
  /** Raw units; negative when it owes. */
  readonly amount: bigint;
}

/** An option series of the book to be; see `BookInstrument`. */
export type DraftInstrument = Omit<BookInstrument, 'venue' | 'underlying'> & {
  readonly underlying: { readonly asset: Address; readonly price: DraftPrice };
};

/** What a draft is made with. */
export interface DraftBy {
  /** Time up to which interest and funding are accrued, unix seconds. */
  readonly time: number;
  readonly prices: UsdPrices;
}

/** What an asset of a venue's own hangs on, such as a perpetual's base, which has its own market price. */
export interface DraftTie {
  readonly kind: TieKind;
  readonly to: Address;
  /** Whole units that can be exchanged; undefined = any amount. */
  readonly capacity: number | undefined;
}

/** What one venue gives to the book. */
export interface DraftVenue {
  /** How it liquidates; undefined when it gives no accounts. */
  readonly rule: VenueRule | undefined;
  readonly accounts: readonly DraftAccount[];
  /** `BookExact.marketState` of the markets that have one. */
  readonly marketState?: ReadonlyMap<MarketId, readonly bigint[]>;
  readonly funds?: readonly DraftFund[];
  readonly instruments?: readonly DraftInstrument[];
  readonly feeds?: readonly DraftFeed[];
  readonly ties?: ReadonlyMap<Address, DraftTie>;
  /** Assets whose pools only the venue trades in, and charges its own fee on the quote: see `DepthCurve.feeOnQuote`. */
  readonly clearedAssets?: readonly Address[];
  /** Most that may be supplied and borrowed of a market's asset, whole units. */
  readonly caps?: ReadonlyMap<
    MarketId,
    { readonly supply: number | undefined; readonly borrow: number | undefined }
  >;
  /** What markets are called, such as `WETH/USDC 86 %`; others are called by their id. */
  readonly labels?: ReadonlyMap<MarketId, string>;
  /**
   * Debt that the venue's own totals say, USD; what cannot be priced is not in it. Below that of the venue's modelled accounts where
   * it has no such totals: then theirs counts.
   */
  readonly knownDebtUsd: number;
  readonly gaps: readonly DraftGap[];
}

/** One reason why something is left out; gaps with the same source and reason are added up. */
export interface DraftGap {
  /** What kind of thing `source` names; default `venue`, which is what a venue's own draft speaks of. */
  readonly kind?: GapKind;
  readonly source: string;
  readonly reason: string;
  readonly count: number;
  /** Default `account`. */
  readonly unit?: GapUnit;
  readonly debtUsd: number | undefined;
}

/** One account that is left out. */
export function accountGap(source: string, reason: string, debtUsd: number | undefined): DraftGap {
  return { source, reason, count: 1, debtUsd };
}
