import type { DepthCurve } from '@undertow/liquidity';
import type { Address, FeedId, FundKind, MarketId, Mechanism, VenueId } from '@undertow/market';
import type { Coverage } from './coverage.ts';
import type { BookExact } from './book-exact.ts';
import type { OracleFormula } from './oracle-formula.ts';
import type { AssetRow, OracleRow, ReferenceRow, VenueRow } from './rows.ts';
import type { VenueRule } from './rule.ts';

/** What a family of assets stands for: ETH, BTC, USD, or a lone token itself. A shock moves it, and all that is tied to it. */
export interface BookReference {
  readonly symbol: string;
  /** USD per unit at the book's height. */
  readonly priceUsd: number;
}

/**
 * How an asset hangs on what it is tied to.
 *
 * - `none`: it is its own reference, or that asset whose market stands for the reference; its trades move the reference.
 * - `wrapped`: exchanged one to one at once, as WETH for ETH.
 * - `redeemable`: exchanged at a ratio, as a vault's share or a staked token.
 * - `pegged`: held there by arbitrage alone, as a bridged coin or a stablecoin.
 */
export const TIE_KINDS = ['none', 'wrapped', 'redeemable', 'pegged'] as const;
export type TieKind = (typeof TIE_KINDS)[number];

export interface Tie {
  readonly kind: TieKind;
  /** The asset that it hangs on; undefined when it hangs on its reference itself. */
  readonly to: AssetRow | undefined;
  /** What one unit is worth in units of that: price ÷ price at the book's height. A depeg moves the market away from it. */
  readonly ratio: number;
  /**
   * Units of that for which one unit is really exchanged, as the token itself says. Only there where its price says otherwise by
   * more than a millionth: a cap that binds, a constant, a rate of somebody else's.
   */
  readonly redeemedFor?: number | undefined;
  /** Units that can be exchanged at the ratio during a run, either way; undefined = any amount, 0 = none. */
  readonly capacity: number | undefined;
}

/** A token that some leg holds or owes, or that something is quoted in. */
export interface BookAsset {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  /** The family that it belongs to. */
  readonly reference: ReferenceRow;
  readonly tie: Tie;
  /** The price that a shock is applied to: the first oracle price of the asset, USD per unit. */
  readonly oraclePriceUsd: number;
  /** Price of the asset's deepest market, USD per unit; undefined when no market is known. */
  readonly marketPriceUsd: number | undefined;
}

/** What a feed follows: the market of a reference or of an asset. */
export type PriceNode =
  | { readonly kind: 'reference'; readonly row: ReferenceRow }
  | { readonly kind: 'asset'; readonly row: AssetRow };

/**
 * When a feed answers anew.
 *
 * - `at-once`: whenever its market has moved; `fixed`: never.
 * - `threshold`: when the market is further away than `deviation` (a ratio), and at least every `heartbeatSeconds`.
 * - `delay`: what the market was so many seconds ago; `average`: its mean over so many seconds, `inTicks` where a pool gives it,
 *   which sums up whole ticks: the answer is the price of a tick.
 *
 * A run without a clock takes all but `fixed` as `at-once`.
 */
export type FeedPolicy =
  | { readonly kind: 'at-once' }
  | { readonly kind: 'fixed' }
  | { readonly kind: 'threshold'; readonly deviation: number; readonly heartbeatSeconds: number }
  | { readonly kind: 'delay'; readonly seconds: number }
  | { readonly kind: 'average'; readonly seconds: number; readonly inTicks?: boolean };

/** A price source that is not made of others. */
export interface BookFeed {
  readonly id: FeedId;
  /** What it calls itself, such as `ETH / USD`. */
  readonly label: string;
  /** In whole units: USD, or units of `under`, per unit of `over`. */
  readonly answer: number;
  readonly over: PriceNode;
  /** Undefined when it answers in USD. */
  readonly under: PriceNode | undefined;
  readonly policy: FeedPolicy;
  /** The least and the greatest that it can answer. */
  readonly least: number;
  readonly greatest: number;
}

/** One venue's price of one asset. Several venues that price it in the same way share a row. */
export interface BookOracle {
  /** What names it among the oracles of its asset: the feed or adapter that is asked, or a market of the venue's own. */
  readonly id: FeedId;
  readonly asset: AssetRow;
  readonly formula: OracleFormula;
  /** What the formula gives at the book's height, USD per unit of the asset. */
  readonly priceUsd: number;
}

export interface BookVenue {
  readonly id: VenueId;
  readonly protocol: string;
  /** Release of the protocol, for people: what it decides is in `rule` and in `exact`. */
  readonly version: string;
  readonly mechanism: Mechanism;
  /** Undefined where the book has none of its accounts because its terms are not known. */
  readonly rule: VenueRule | undefined;
}

export interface BookMarket {
  readonly venue: VenueRow;
  readonly id: MarketId;
  /** What people call it, such as `WETH` or `WETH/USDC 86 %`. */
  readonly label: string;
  /** Whole units of its asset that may be supplied and borrowed at most; undefined = no cap, or none known. */
  readonly supplyCap: number | undefined;
  readonly borrowCap: number | undefined;
}

/** Accounts as columns; row i owns the legs `legStart[i] … legStart[i + 1] - 1`. Only accounts with debt. */
export interface AccountColumns {
  readonly count: number;
  readonly venue: Uint16Array;
  readonly owner: readonly Address[];
  /** '' where an owner has one account at the venue, else what names this one: a pair, an option position. */
  readonly market: readonly MarketId[];
  readonly legStart: Uint32Array;
  /** Share of what a venue of collateralised debt positions redistributes; 0 elsewhere. Only ratios of stakes count. */
  readonly stake: Float64Array;
}

/**
 * What a leg is to its account, as numbers of the column `role`.
 *
 * - `collateral`: may be seized, and counts with its threshold; `supply`: held, but can be neither.
 * - `debt`: owed.
 * - `base`, `notional`: a perpetual position and its open notional, on either side; `cash`: settled cash, on either side.
 * - `option`: an option held or written.
 */
export const LEG_ROLES = ['collateral', 'supply', 'debt', 'base', 'notional', 'cash', 'option'] as const;
export type LegRole = (typeof LEG_ROLES)[number];

/** The number that stands for a role in a column. */
export const roleCode = (role: LegRole): number => LEG_ROLES.indexOf(role);

/** Legs as columns, grouped by account. Amounts in whole units of the asset, interest included at the book's time. */
export interface LegColumns {
  readonly count: number;
  readonly market: Uint32Array;
  /** The market whose terms apply: an e-mode category where an account has chosen one; else the leg's own. */
  readonly termsMarket: Uint32Array;
  readonly asset: Uint32Array;
  readonly oracle: Uint32Array;
  /** See `LEG_ROLES`. */
  readonly role: Uint8Array;
  /** 1 held, -1 owed. */
  readonly side: Int8Array;
  readonly amount: Float64Array;
  /** Ratio that applies to this account (its e-mode included); 0 on debt and on supply that is not collateral. */
  readonly liquidationThreshold: Float64Array;
  /** Borrowing limit as a ratio; never the liquidation line. 0 on debt and on supply that is not collateral. */
  readonly loanToValue: Float64Array;
  /** 0.05 = 5 %; 0 on debt and on what cannot be seized. */
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
  /** The pools, exchanges and quotes that it is made of, as people call them. */
  readonly sources: readonly string[];
  /**
   * True of quotes and order books, which their makers make anew where the market stands after a shock: the same units then move
   * the price by the same share. False of pools, whose liquidity stays at its prices.
   */
  readonly isRequoted: boolean;
}

/** All that the engine may see of the world at one height. Immutable; every array may be transferred. */
export interface Book {
  readonly chainId: number;
  readonly block: number;
  /** Time at which interest is accrued, unix seconds. */
  readonly time: number;
  /** SHA-256 over the canonical content, hex: equal books have equal hashes. */
  readonly hash: string;
  readonly references: readonly BookReference[];
  readonly assets: readonly BookAsset[];
  readonly feeds: readonly BookFeed[];
  readonly oracles: readonly BookOracle[];
  readonly venues: readonly BookVenue[];
  readonly markets: readonly BookMarket[];
  readonly accounts: AccountColumns;
  readonly legs: LegColumns;
  readonly funds: readonly BookFund[];
  readonly instruments: readonly BookInstrument[];
  /** Depth by asset row; undefined = no market known, so nobody buys what is seized of it. */
  readonly depth: readonly (AssetDepth | undefined)[];
  readonly coverage: Coverage;
  /** The integers behind the floats: opaque to the engine, read by `isDue` near the line. */
  readonly exact: BookExact;
}
