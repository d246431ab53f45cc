import type { Address, FeedId, Hex, MarketId, VenueId } from './id.ts';
import type { GrowthChange } from './growth.ts';
import type { FeedFormula } from './oracle/formula.ts';
import type { PositionChange } from './position.ts';
import type { TermsPatch } from './terms.ts';
import type { VolatilityChange } from './volatility.ts';

/**
 * Where and when a fact was said. (chainId, block, logIndex, part) is its key: a log that says several
 * things gives several parts. Facts are ordered by (block, logIndex, part).
 */
export interface FactKey {
  readonly chainId: number;
  readonly block: number;
  readonly logIndex: number;
  readonly part: number;
  /** Timestamp of the block, unix seconds. */
  readonly time: number;
}

/** Order of two facts of one chain: by block, then log, then part. Negative when `a` comes first; 0 for the same key. */
export function compareFactKeys(a: FactPlace, b: FactPlace): number {
  return a.block - b.block || a.logIndex - b.logIndex || a.part - b.part;
}

/** Where a fact stands among those of its chain. */
export type FactPlace = Pick<FactKey, 'block' | 'logIndex' | 'part'>;

/** `logIndex` of facts read by calls at the end of a block instead of from a log. */
export const SNAPSHOT_LOG_INDEX = 2_147_483_647;

export type LegSide = 'collateral' | 'debt';

/**
 * A leg of an account grew or shrank by a number of shares (Aave: scaled balance; Morpho: collateral in
 * units of the asset, debt in borrow shares). The amount follows from shares and the market's index.
 */
export interface LegChanged extends FactKey {
  readonly kind: 'LegChanged';
  readonly venue: VenueId;
  readonly market: MarketId;
  readonly owner: Address;
  readonly side: LegSide;
  readonly sharesDelta: bigint;
}

/** An owner switched a reserve's use as collateral on or off. */
export interface CollateralSwitched extends FactKey {
  readonly kind: 'CollateralSwitched';
  readonly venue: VenueId;
  readonly market: MarketId;
  readonly owner: Address;
  readonly enabled: boolean;
}

/** An owner chose an e-mode category; 0 = none. */
export interface CategoryChosen extends FactKey {
  readonly kind: 'CategoryChosen';
  readonly venue: VenueId;
  readonly owner: Address;
  readonly category: number;
}

/** A venue set some terms of a market. The patch replaces the fields it names. */
export interface TermsChanged extends FactKey {
  readonly kind: 'TermsChanged';
  readonly venue: VenueId;
  readonly market: MarketId;
  readonly patch: TermsPatch;
}

/**
 * A market's index moved.
 *
 * - `ray`: the index per share after the event and the rate per year from then on, both ray. The index at a
 *   later time follows by the venue's own interest formula.
 * - `rayAccrued`: both ray indices were brought up to the fact's time by the venue's own interest formula, rates
 *   unchanged, and the protocol did not say to what.
 * - `totals`: total assets and total shares of the side changed by these amounts; amount = shares × assets ÷ shares.
 *   A total never falls below zero: a repayment may round one unit above what is owed.
 *   `accrued` is true when interest was brought up to the fact's time. A pooled venue's snapshot says so, before the
 *   legs it read, how many debt shares there are in all, read or not.
 * - `rateAtTarget`: the interest-rate model stored a new rate at target, wad per second.
 *
 * "The fact's time" is the block's, or `accruedAt` where that is given.
 */
export interface IndexAccrued extends FactKey {
  readonly kind: 'IndexAccrued';
  readonly venue: VenueId;
  readonly market: MarketId;
  /**
   * Until when interest is counted in what is said, unix seconds: the market's own last update, which a snapshot reads and which
   * may be older than the block. Absent: the time of the block.
   */
  readonly accruedAt?: number;
  readonly accrual:
    | {
        readonly form: 'ray';
        readonly side: LegSide;
        readonly indexRay: bigint;
        readonly ratePerYearRay: bigint;
      }
    | { readonly form: 'rayAccrued' }
    | {
        readonly form: 'totals';
        readonly side: 'debt' | 'supply';
        readonly assetsDelta: bigint;
        readonly sharesDelta: bigint;
        readonly accrued: boolean;
      }
    | { readonly form: 'fee'; readonly feeWad: bigint }
    | { readonly form: 'rateAtTarget'; readonly rateAtTargetWad: bigint };
}

/**
 * A feed answered. Zero or less is no price: no venue takes it for one, and a `Quarantined` beside it says why it came
 * (0 also stands for a feed that was asked and gave no answer). Whoever it prices is left out until it answers again.
 */
export interface PricePosted extends FactKey {
  readonly kind: 'PricePosted';
  readonly feed: FeedId;
  /** Raw answer in the feed's decimals. */
  readonly answer: bigint;
  readonly round: bigint;
  /** The time the feed itself states, unix seconds; 0 = it states none. */
  readonly updatedAt: number;
}

/**
 * What a price source is made of, as its contracts say at the end of a block: said anew whenever anything in it changes,
 * such as the rate at which a token is redeemed. Null: it is a base feed after all.
 */
export interface FormulaPosted extends FactKey {
  readonly kind: 'FormulaPosted';
  readonly feed: FeedId;
  readonly formula: FeedFormula | null;
}

/** A pool's liquidity over a tick range changed, or a swap or initialisation moved its price. */
export interface LiquidityChanged extends FactKey {
  readonly kind: 'LiquidityChanged';
  readonly pool: Address;
  readonly change:
    | {
        readonly form: 'range';
        readonly lowerTick: number;
        readonly upperTick: number;
        readonly liquidityDelta: bigint;
      }
    | {
        readonly form: 'price';
        readonly sqrtPriceX96: bigint;
        readonly tick: number;
        readonly liquidity: bigint;
      };
}

/** A venue liquidated an account. The legs' own changes are facts of their own. */
export interface Liquidated extends FactKey {
  readonly kind: 'Liquidated';
  readonly venue: VenueId;
  /** The market whose debt was repaid. */
  readonly market: MarketId;
  readonly owner: Address;
  readonly liquidator: Address;
  readonly collateralAsset: Address;
  readonly debtAsset: Address;
  /** Raw units of the debt asset. */
  readonly repaid: bigint;
  /** Raw units of the collateral asset that the liquidator got; a protocol's fee (Aave) comes on top. */
  readonly seized: bigint;
  /** Raw units of the debt asset written off against lenders. */
  readonly badDebt: bigint;
  /** Hash of the transaction; absent where the source did not say, or what is stored is from before it was kept. */
  readonly transaction?: Hex;
}

/**
 * A position that is more than shares of one market changed: a collateralised debt position, a perpetual, an option.
 * `position` tells apart several that an owner has in one market; '' where there is one. `foldPosition` says how a
 * change follows from the state before.
 */
export interface PositionChanged extends FactKey {
  readonly kind: 'PositionChanged';
  readonly venue: VenueId;
  readonly market: MarketId;
  readonly owner: Address;
  readonly position: string;
  readonly change: PositionChange;
}

/**
 * What every position of a market has earned or come to owe grew: funding per unit of a perpetual, debt and
 * collateral that were redistributed per unit of stake. A position has its share when it is next touched.
 */
export interface GrowthAccrued extends FactKey {
  readonly kind: 'GrowthAccrued';
  readonly venue: VenueId;
  readonly market: MarketId;
  readonly growth: GrowthChange;
}

/** A venue's implied volatility moved. */
export interface VolatilityPosted extends FactKey {
  readonly kind: 'VolatilityPosted';
  readonly venue: VenueId;
  readonly market: MarketId;
  readonly volatility: VolatilityChange;
}

/**
 * What a fund is for.
 *
 * - `stability-pool`: repays the debt of liquidated positions and takes their collateral.
 * - `insurance-fund`: pays the debt that liquidated positions leave.
 * - `reserves`: what the protocol itself has put by.
 * - `lending-pool`: what those hold who stand on the other side of every position (an option market's liquidity providers).
 * - `deficit`: debt written off that nobody has covered yet; negative.
 */
export type FundKind = (typeof FUND_KINDS)[number];
export const FUND_KINDS = [
  'stability-pool',
  'insurance-fund',
  'reserves',
  'lending-pool',
  'deficit',
] as const;

/** A shared fund of a venue received (positive) or paid (negative). */
export interface FundMoved extends FactKey {
  readonly kind: 'FundMoved';
  readonly venue: VenueId;
  readonly fund: FundKind;
  readonly asset: Address;
  /** Raw units of the asset. */
  readonly amountDelta: bigint;
}

/** How much of another asset one unit of a derived asset (staked, wrapped, a vault's share) stands for. */
export interface RatioPosted extends FactKey {
  readonly kind: 'RatioPosted';
  readonly asset: Address;
  readonly of: Address;
  /** Whole units of `of` per whole unit of `asset`, wad. */
  readonly ratioWad: bigint;
}

/**
 * What a venue's contracts really hold of a token, as the token says at the end of a block. Held against what the venue's
 * own accounting says: less is a fee on transfers, a rebasing token or a loss.
 */
export interface HoldingRead extends FactKey {
  readonly kind: 'HoldingRead';
  readonly venue: VenueId;
  readonly asset: Address;
  /** Raw units of the asset. */
  readonly amount: bigint;
}

/** Something that a source said and that could not be decoded, priced or modelled. Counted as coverage. */
export interface Quarantined extends FactKey {
  readonly kind: 'Quarantined';
  /** The venue or feed or pool it came from. */
  readonly source: string;
  readonly reason: string;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

export type Fact =
  | LegChanged
  | CollateralSwitched
  | CategoryChosen
  | TermsChanged
  | IndexAccrued
  | PricePosted
  | FormulaPosted
  | LiquidityChanged
  | Liquidated
  | PositionChanged
  | GrowthAccrued
  | VolatilityPosted
  | FundMoved
  | RatioPosted
  | HoldingRead
  | Quarantined;

export type FactKind = Fact['kind'];
