import type {
  Address,
  Asset,
  Feed,
  FeedFormula,
  FeedId,
  FundKind,
  Growth,
  MarketId,
  PairTotals,
  Pool,
  Position,
  Reference,
  StoredIndex,
  TermsPatch,
  Venue,
  VenueId,
  Volatility,
} from '@undertow/market';

/** What facts have said of one market. Which half is used follows from its venue's mechanism. */
export interface LedgerMarket {
  /** All patches merged; undefined until the first. */
  terms: TermsPatch | undefined;
  /** Indices as the venue last stored them; one ray and no interest before the first fact. */
  collateralIndex: StoredIndex;
  debtIndex: StoredIndex;
  totals: PairTotals;
  /** Sums of the shares of all legs. */
  collateralShares: bigint;
  debtShares: bigint;
  /** Debt shares of accounts that a snapshot did not read (pooled lending only); not in `debtShares`. */
  unreadDebtShares: bigint;
  /** Undefined where positions earn and owe nothing but through shares. */
  growth?: Growth;
  volatility?: Volatility;
}

/** An account's shares in one market. */
export interface LedgerLeg {
  collateralShares: bigint;
  debtShares: bigint;
  /** Whether the owner lets it count as collateral (pooled lending only). */
  collateralEnabled: boolean;
}

/** All that one owner has at one venue. */
export interface LedgerAccount {
  /** E-mode category; 0 = none. */
  category: number;
  readonly legs: Map<MarketId, LedgerLeg>;
  /** Positions that are more than legs, by `positionKey`. */
  readonly positions: Map<string, LedgerPosition>;
}

/** A position and what names it among its owner's. */
export interface LedgerPosition {
  readonly market: MarketId;
  /** '' where an owner has one in a market. */
  readonly name: string;
  readonly position: Position;
}

/** Key of a position among those of one owner at one venue. */
export const positionKey = (market: MarketId, name: string) => `${market} ${name}`;

export interface LedgerVenue {
  readonly markets: Map<MarketId, LedgerMarket>;
  readonly accounts: Map<Address, LedgerAccount>;
  /** What each fund holds, raw units, by kind and then asset. */
  readonly funds: Map<FundKind, Map<Address, bigint>>;
  /** What its contracts hold of tokens, as last read, and what they owed by its accounting at that moment; raw units. */
  readonly holdings: Map<Address, { readonly held: bigint; readonly owed: bigint }>;
}

/** Newest answer of a feed. */
export interface LedgerPrice {
  /** Raw, in the feed's decimals. */
  readonly answer: bigint;
  readonly round: bigint;
  /** What the feed states, unix seconds; 0 = nothing. */
  readonly updatedAt: number;
}

/** What one unit of a derived asset stands for. */
export interface LedgerRatio {
  readonly of: Address;
  /** Whole units of `of` per whole unit, wad. */
  readonly ratioWad: bigint;
}

/** State of one pool. */
export interface LedgerPool {
  /** 0 before the pool is initialised. */
  sqrtPriceX96: bigint;
  tick: number;
  /** Net liquidity that begins at a tick when the price crosses it upwards; ticks with 0 are absent. */
  readonly ticks: Map<number, bigint>;
}

/** Where the fold stands: the key of the last fact folded. */
export interface LedgerPoint {
  readonly chainId: number;
  readonly block: number;
  readonly logIndex: number;
  readonly part: number;
  /** Timestamp of the newest block folded, unix seconds. */
  readonly time: number;
}

/**
 * All that the facts of one chain say up to one height, in the protocols' own integers. Changed in place by
 * `applyFacts`; read it through `pooledAccount`, `pairAccount` and `toBook`. Facts about things that the
 * reference does not know (yet) are kept all the same, and show as coverage gaps until it does.
 */
export interface Ledger {
  readonly reference: LedgerReference;
  at: LedgerPoint | undefined;
  readonly venues: Map<VenueId, LedgerVenue>;
  readonly prices: Map<FeedId, LedgerPrice>;
  readonly pools: Map<Address, LedgerPool>;
  /** What derived assets stand for, by their address. */
  readonly ratios: Map<Address, LedgerRatio>;
  /** What price sources are made of, by feed; see `FormulaPosted`. */
  readonly formulas: Map<FeedId, FeedFormula>;
  /** How many logs of each source could not be read or cannot be, by source and then reason. */
  readonly quarantined: Map<string, Map<string, number>>;
  /** Accounts that are certainly in no fork too, and may be changed as they are; undefined = all. */
  own: Set<LedgerAccount> | undefined;
}

/** Reference rows by their key. */
export interface LedgerReference {
  readonly venues: Map<VenueId, Venue>;
  readonly assets: Map<Address, Asset>;
  readonly feeds: Map<FeedId, Feed>;
  readonly pools: Map<Address, Pool>;
}

/** A ledger before the first fact. */
export function emptyLedger(reference: Partial<Reference> = {}): Ledger {
  const ledger: Ledger = {
    reference: { venues: new Map(), assets: new Map(), feeds: new Map(), pools: new Map() },
    at: undefined,
    venues: new Map(),
    prices: new Map(),
    pools: new Map(),
    ratios: new Map(),
    formulas: new Map(),
    quarantined: new Map(),
    own: undefined,
  };
  addReference(ledger, reference);
  return ledger;
}

/** Learns of venues, tokens, feeds and pools; a row with a known key replaces the old one. */
export function addReference(ledger: Ledger, part: Partial<Reference>): void {
  const { venues, assets, feeds, pools } = ledger.reference;
  for (const venue of part.venues ?? []) venues.set(venue.id, venue);
  for (const asset of part.assets ?? []) assets.set(asset.address, asset);
  for (const feed of part.feeds ?? []) feeds.set(feed.id, feed);
  for (const pool of part.pools ?? []) pools.set(pool.address, pool);
}

/** Decimals of every Chainlink USD feed and of the base currency of pooled venues. */
const USD_DECIMALS = 8;

/** Decimals of a feed's answers; those of a USD feed when the reference does not know the feed (yet). */
export const feedDecimals = (ledger: Ledger, feed: FeedId): number =>
  ledger.reference.feeds.get(feed)?.decimals ?? USD_DECIMALS;

/** A ledger that shares nothing with the first: fold a branch of the chain into one, keep the other. */
export function copyLedger(ledger: Ledger): Ledger {
  return structuredClone(ledger);
}
