import type { Losses } from '../result.ts';

/**
 * What a sweep keeps of one scenario: the same figures as `CascadeResult`, as numbers and columns alone. Money in USD. Columns have
 * one entry per row of the book, 0 where nothing happened.
 */
export interface Outcome extends Losses {
  readonly converged: boolean;
  /** Accounts liquidated in each round; its length is the number of rounds. */
  readonly accountsPerRound: readonly number[];
  /** Calls that liquidators made. */
  readonly calls: number;
  /** Value liquidated in the first round, which is the shock's own doing; the whole ÷ this is the amplification. */
  readonly firstRoundUsd: number;
  /** By venue row. */
  readonly venueLiquidatedUsd: Float64Array;
  readonly venueLossUsd: Float64Array;
  /** By row of the market in which the debt was taken, as `MarketLosses.lossUsd`. */
  readonly marketLossUsd: Float64Array;
  /** By row of the asset that is owed: the sum over its markets. */
  readonly assetLossUsd: Float64Array;
  /** By asset row, asset units taken from accounts, the protocol's fee included. */
  readonly assetSeized: Float64Array;
  /** By asset row, asset units that calls brought to its own market: sold there or left unsold, less bought. */
  readonly assetToMarket: Float64Array;
  /** By asset row, where its market stands at the end, USD per unit. */
  readonly assetMarketUsd: Float64Array;
}
