export type * from './id.ts';
export type * from './reference.ts';
export type * from './terms.ts';
export type * from './fact.ts';
export { SNAPSHOT_LOG_INDEX } from './fact.ts';
export { categoryMarketId, memberMarketId } from './market-id.ts';
export { floorsAverageThreshold, pooledRelease, type PooledRelease } from './pooled-release.ts';
export { normalizedDebtRay, normalizedIncomeRay, type StoredIndex } from './pooled-interest.ts';
export { amountOfShares, sharesOfAmount, type ShareMove } from './pooled-shares.ts';
export {
  isInCategory,
  pooledAccountData,
  positionPrice,
  type PooledAccount,
  type PooledAccountData,
  type PooledCategory,
  type PooledPosition,
  type PooledReserve,
} from './pooled-account.ts';
export {
  pooledLiquidation,
  type PooledLiquidation,
  type PooledLiquidationCall,
  type PooledRefusal,
} from './pooled-liquidation.ts';
export { pooledLiquidationPrice, type PooledLiquidationPrice } from './pooled-liquidation-price.ts';
export { emptyPairTotals, foldPairTotals, type PairTotals } from './pair-totals.ts';
export { pairAssetsDown, pairAssetsUp, pairSharesDown, pairSharesUp, type PairSide } from './pair-shares.ts';
export { adaptiveCurveRates, type AdaptiveCurveRates } from './adaptive-curve.ts';
export { accruePair, pairRate, type PairRate } from './pair-interest.ts';
export { oracleRatioE36, type OracleRatio } from './oracle-ratio.ts';
export {
  isPairLiquidatable,
  pairDebtUp,
  pairHealthFactorWad,
  pairLiquidationPriceE36,
  pairMaxDebtDown,
  PRICE_SCALE_E36,
  type PairPosition,
  type PairState,
} from './pair-health.ts';
export {
  largestPairLiquidation,
  pairIncentiveFactorWad,
  pairLiquidation,
  type PairLiquidation,
  type PairLiquidationRequest,
} from './pair-liquidation.ts';
