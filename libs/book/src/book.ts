import type { Address, FeedId, MarketId, Mechanism, VenueId } from '@undertow/market';
import type { Brand } from '@undertow/units';
import type { Coverage } from './coverage.ts';
import type { DepthCurve } from './depth.ts';
import type { BookExact } from './exact.ts';

export type AssetRow = Brand<number, 'AssetRow'>;
export type OracleRow = Brand<number, 'OracleRow'>;
export type VenueRow = Brand<number, 'VenueRow'>;
export type MarketRow = Brand<number, 'MarketRow'>;
export type AccountRow = Brand<number, 'AccountRow'>;
export type LegRow = Brand<number, 'LegRow'>;

/** A token that some leg holds or owes. */
export interface BookAsset {
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
  /** The price that a shock is applied to: the first oracle price of the asset, USD per unit. */
  readonly oraclePriceUsd: number;
  /** Mid price of the asset's deepest pool, USD per unit; undefined when no pool is known. */
  readonly marketPriceUsd: number | undefined;
}

/** One venue's price of one asset. Several venues that ask the same feed share a row. */
export interface BookOracle {
  readonly feed: FeedId;
  readonly asset: AssetRow;
  /** USD per unit of the asset. */
  readonly priceUsd: number;
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
  /** Depth by asset row; undefined = no pool known, so what is seized cannot be sold and is reported as unsold. */
  readonly depth: readonly (DepthCurve | undefined)[];
  readonly coverage: Coverage;
  /** The integers behind the floats, for `isLiquidatableExact`. */
  readonly exact: BookExact;
}
