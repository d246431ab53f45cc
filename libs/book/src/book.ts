import type { DepthCurve } from '@undertow/liquidity';
import type { Address, FeedId, FundKind, MarketId, Mechanism, VenueId } from '@undertow/market';
import type { Brand } from '@undertow/units';
import type { Coverage } from './coverage.ts';
import type { BookExact } from './exact.ts';

export type AssetRow = Brand<number, 'AssetRow'>;
export type OracleRow = Brand<number, 'OracleRow'>;
export type VenueRow = Brand<number, 'VenueRow'>;
export type MarketRow = Brand<number, 'MarketRow'>;
export type AccountRow = Brand<number, 'AccountRow'>;
export type LegRow = Brand<number, 'LegRow'>;
export type FundRow = Brand<number, 'FundRow'>;
export type InstrumentRow = Brand<number, 'InstrumentRow'>;

/** A token that some leg holds or owes. */
export interface BookAsset {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  /** The price that a shock is applied to: the first oracle price of the asset, USD per unit. */
  readonly oraclePriceUsd: number;
  /** Mid price of the asset's deepest pool, USD per unit; undefined when no pool is known. */
  readonly marketPriceUsd: number | undefined;
  /** Present on a derived asset: what moves the price of that asset moves this one's in proportion. */
  readonly derivedFrom?: {
    readonly asset: AssetRow;
    /** Units of that asset that one unit is worth: price ÷ price. A depeg is a shock to it. */
    readonly ratio: number;
    /** Whether one unit can be turned into `ratio` units of that asset: what is seized without a pool of its own is sold so. */
    readonly isRedeemable: boolean;
  };
}

/** One venue's price of one asset. Several venues that ask the same feed share a row. */
export interface BookOracle {
  readonly feed: FeedId;
  readonly asset: AssetRow;
  /** USD per unit of the asset. */
  readonly priceUsd: number;
  /** True when the venue takes this price as given: neither shocks nor sales move it. */
  readonly isFixed: boolean;
}

export interface BookVenue {
  readonly id: VenueId;
  readonly protocol: string;
  readonly version: string;
  readonly mechanism: Mechanism;
}

export interface BookMarket {
  readonly venue: VenueRow;
  readonly id: MarketId;
  /** What people call it, such as `WETH` or `WETH/USDC 86 %`. */
  readonly label: string;
}

/** Accounts as columns; row i owns the legs `legStart[i] … legStart[i + 1] - 1`. Only accounts with debt. */
export interface AccountColumns {
  readonly count: number;
  readonly venue: Uint16Array;
  readonly owner: readonly Address[];
  /** '' where an owner has one account at the venue, else what names this one: a pair, an option position. */
  readonly market: readonly MarketId[];
  readonly legStart: Uint32Array;
}

/** Legs as columns, grouped by account. Amounts in whole units of the asset, interest included at the book's time. */
export interface LegColumns {
  readonly count: number;
  readonly market: Uint32Array;
  readonly asset: Uint32Array;
  readonly oracle: Uint32Array;
  /** 1 collateral (or supplied without being collateral: threshold 0), -1 debt. */
  readonly side: Int8Array;
  readonly amount: Float64Array;
  /** Ratio that applies to this account (its e-mode included); 0 on debt and on supply that is not collateral. */
  readonly liquidationThreshold: Float64Array;
  /** 0.05 = 5 %; 0 on debt. */
  readonly liquidationBonus: Float64Array;
  /** Share of the bonus that goes to the protocol; 0 on debt. */
  readonly liquidationProtocolFee: Float64Array;
  /** Maintenance margin as a share of a perpetual position's value; 0 elsewhere. A long's threshold is 1 − this. */
  readonly maintenanceMargin: Float64Array;
  /** Row of the option series that an option leg is written on (side -1) or holds (side 1); -1 on other legs. */
  readonly instrument: Int32Array;
}

/** A shared fund of a venue. */
export interface BookFund {
  readonly venue: VenueRow;
  readonly kind: FundKind;
  readonly asset: AssetRow;
  readonly oracle: OracleRow;
  /** Whole units of the asset; negative when it owes. */
  readonly amount: number;
}

/**
 * An option series as a table of price × volatility, from the venue's exact pricing model: what one contract is worth,
 * and what a writer must put up for it. Between grid points linear, beyond the ends as at the ends.
 */
export interface BookInstrument {
  readonly venue: VenueRow;
  readonly id: string;
  /** Such as `ETH 3000 call 2023-12-11`. */
  readonly label: string;
  /** Whose price the table is over. */
  readonly underlying: OracleRow;
  readonly isCall: boolean;
  readonly strikeUsd: number;
  /** Unix seconds. */
  readonly expiry: number;
  /** USD, ascending. */
  readonly spotUsd: Float64Array;
  /** Implied volatility ÷ implied volatility at the book's height; ascending, 1 among them. */
  readonly volatilityFactor: Float64Array;
  /** USD per contract at `volatilityFactor[v]` and `spotUsd[s]`: entry v × spots + s. */
  readonly valueUsd: Float64Array;
  /** What the venue charges a writer per contract when it closes the position in a liquidation, fees included; laid out like `valueUsd`. */
  readonly closingUsd: Float64Array;
  /** What a writer must put up per contract in cash, USD, laid out like `valueUsd`. */
  readonly marginUsd: Float64Array;
  /**
   * What a writer must put up for a position however small it is, but no more than `mostPerContract` for each contract
   * (undefined = no bound): USD, or units of the underlying.
   */
  readonly leastMargin: {
    readonly amount: number;
    readonly mostPerContract: number | undefined;
    readonly inUnderlying: boolean;
  };
  /** What a liquidated writer pays beside the closing price. */
  readonly penalty: {
    /** Share of the collateral left after the closing price, and the least that it may be, USD. */
    readonly share: number;
    readonly leastUsd: number;
    /** The liquidator's share of the penalty. */
    readonly liquidatorShare: number;
    /** Share lost where collateral in the underlying is exchanged for cash. */
    readonly exchangeFee: number;
  };
}

/** What the known markets of an asset can absorb, in units of their quote. */
export interface AssetDepth extends DepthCurve {
  readonly asset: AssetRow;
  readonly quote: AssetRow;
}

/** All that the engine may see of the world at one height. Immutable; every array may be transferred. */
export interface Book {
  readonly chainId: number;
  readonly block: number;
  /** Time at which interest is accrued, unix seconds. */
  readonly time: number;
  /** SHA-256 over the canonical content, hex: equal books have equal hashes. */
  readonly hash: string;
  readonly assets: readonly BookAsset[];
  readonly oracles: readonly BookOracle[];
  readonly venues: readonly BookVenue[];
  readonly markets: readonly BookMarket[];
  readonly accounts: AccountColumns;
  readonly legs: LegColumns;
  readonly funds: readonly BookFund[];
  readonly instruments: readonly BookInstrument[];
  /** Depth by asset row; undefined = no pool known, so what is seized cannot be sold and is reported as unsold. */
  readonly depth: readonly (AssetDepth | undefined)[];
  readonly coverage: Coverage;
  /** The integers behind the floats, for `isLiquidatableExact`. */
  readonly exact: BookExact;
}
