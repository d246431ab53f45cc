/**
 * What a liquidator of an isolated pair gets per unit repaid, by its threshold: min(1.15, 1 ÷ (0.3 × threshold + 0.7)); 1 at a
 * threshold of 1. The bonus is this less 1. `pairIncentiveFactorWad` of the market library is the same in the contract's integers.
 *
 * Source: morpho-org/morpho-blue, `Morpho.liquidate`, with `LIQUIDATION_CURSOR` 0.3 and `MAX_LIQUIDATION_INCENTIVE_FACTOR` 1.15.
 */
export const incentiveFactor = (threshold: number): number => Math.min(1.15, 1 / (0.3 * threshold + 0.7));
