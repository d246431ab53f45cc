export type * from './id.ts';
export type * from './reference.ts';
export type * from './oracle-ref.ts';
export type * from './terms.ts';
export type * from './fact.ts';
export type * from './position.ts';
export type * from './growth.ts';
export type * from './volatility.ts';
export { foldGrowth } from './growth.ts';
export { foldPosition } from './position.ts';
export { MECHANISMS } from './reference.ts';
export { foldVolatility } from './volatility.ts';
export { compareFactKeys, FUND_KINDS, SNAPSHOT_LOG_INDEX } from './fact.ts';
export { holderOf, type Holder } from './holder.ts';
export { categoryMarketId, memberMarketId } from './market-id.ts';
export { vaultRatioWad } from './derived/ratio.ts';
export type * from './oracle/formula.ts';
export { formulaBases, MOST_FORMULA_STEPS } from './oracle/formula.ts';
export { feedPlace, priceFeedId, vaultFeedId, type FeedPlace } from './oracle/feed-id.ts';
export { feedsOfOracle, feedsOfTerms } from './oracle/named-feeds.ts';
export { formulaAnswer, greatestRate } from './oracle/formula-answer.ts';
export {
  formulaFactors,
  type FormulaFactors,
  type FormulaTerm,
  type KnownFormulas,
} from './oracle/formula-factors.ts';
export { nearestDueAnswer, type DueAnswer } from './nearest-due.ts';
export {
  floorsAverageThreshold,
  pooledRelease,
  writesDebtOff,
  type PooledRelease,
} from './pooled-lending/release.ts';
export { normalizedDebtRay, normalizedIncomeRay, type StoredIndex } from './pooled-lending/interest.ts';
export { amountOfShares, sharesOfAmount, type ShareMove } from './pooled-lending/shares.ts';
export {
  isInCategory,
  pooledAccountData,
  positionPrice,
  type PooledAccount,
  type PooledAccountData,
  type PooledCategory,
  type PooledPosition,
  type PooledReserve,
} from './pooled-lending/account.ts';
export {
  pooledLiquidation,
  type PooledLiquidation,
  type PooledLiquidationCall,
  type PooledRefusal,
} from './pooled-lending/liquidation.ts';
export {
  isPooledLiquidatable,
  pooledLiquidationPrice,
  type PooledLiquidationPrice,
} from './pooled-lending/liquidation-price.ts';
export {
  emptyPairTotals,
  foldPairTotals,
  MAX_PAIR_FEE_WAD,
  type PairTotals,
} from './isolated-pair/totals.ts';
export {
  pairAssetsDown,
  pairAssetsUp,
  pairSharesDown,
  pairSharesUp,
  type PairSide,
} from './isolated-pair/shares.ts';
export { adaptiveCurveRates, type AdaptiveCurveRates } from './isolated-pair/adaptive-curve.ts';
export { accruePair, pairRate, type PairRate } from './isolated-pair/interest.ts';
export { oracleAnswerBelow, oracleRatioE36, type OracleRatio } from './isolated-pair/oracle-ratio.ts';
export {
  isPairLiquidatable,
  pairDebtUp,
  pairHealthFactorWad,
  pairLiquidationPriceE36,
  pairMaxDebtDown,
  PRICE_SCALE_E36,
  type PairPosition,
  type PairState,
} from './isolated-pair/health.ts';
export {
  largestPairLiquidation,
  pairIncentiveFactorWad,
  pairLiquidation,
  type PairLiquidation,
  type PairLiquidationRequest,
} from './isolated-pair/liquidation.ts';
export type * from './option/terms.ts';
export { OPTION_MARKET_ID, optionBoardId, optionSeriesId } from './option/terms.ts';
export {
  isCallOption,
  isShortOption,
  OPTION_TYPES,
  type OptionChange,
  type OptionPosition,
  type OptionType,
} from './option/position.ts';
export { geometricAverageWad, type AverageObservation } from './option/average.ts';
export { optionValues, optionVegaWad, type OptionValues, type PricingInput } from './option/black-scholes.ts';
export {
  isOptionLiquidatable,
  leastCollateral,
  shockVolatilityWad,
  type MarginPosition,
  type SeriesState,
} from './option/margin.ts';
export {
  closingCost,
  closingModel,
  skewAfterWad,
  type ClosingCost,
  type ClosingMarket,
  type ClosingModel,
  type ClosingOf,
  type PoolVega,
  type SeriesVolatility,
} from './option/closing.ts';
export { optionLiquidation, type OptionLiquidation, type OptionLiquidationOf } from './option/liquidation.ts';
export { optionLiquidationAnswer, type OptionLiquidationPriceOf } from './option/liquidation-price.ts';
export {
  MAX_SQRT_PRICE_X96,
  MAX_TICK,
  MIN_SQRT_PRICE_X96,
  MIN_TICK,
  sqrtPriceX96AtTick,
  tickAtSqrtPriceX96,
} from './pool/tick-math.ts';
export { amount0Between, amount1Between } from './pool/range-amounts.ts';
export { nextTickInWord } from './pool/next-tick.ts';
export {
  emptyPerpetualGrowth,
  foldPerpetualGrowth,
  type PerpetualGrowth,
  type PerpetualGrowthChange,
} from './perpetual/growth.ts';
export {
  foldPerpetual,
  type MarginCash,
  type PerpetualChange,
  type PerpetualExposure,
  type PerpetualPosition,
} from './perpetual/position.ts';
export { indexPriceWad, markPriceWad, type IndexAnswer, type MarkWindows } from './perpetual/mark-price.ts';
export { SHORTEST_AVERAGE_SECONDS } from './perpetual/pool-average.ts';
export { fundingAt, fundingPaymentWad } from './perpetual/funding.ts';
export { orderFundingWad, orderTotals, pendingFeeWad, type MakerOrder } from './perpetual/maker-order.ts';
export type { FundingGrowth, PoolRanges } from './perpetual/range-growth.ts';
export {
  accountValueE18,
  collateralValueWad,
  floorToSettlement,
  isMaker,
  isMarginCollateralDue,
  isMarginShort,
  liquidatableSizeWad,
  type MakerState,
  marginFigures,
  positionValueWad,
  totalSizeWad,
  wadPerUnit,
  type MarginAccount,
  type MarginCollateral,
  type MarginExposure,
  type MarginFigures,
  type MarginAccountTerms,
} from './perpetual/account.ts';
export { isMarginAccountDue, marginHealthWad } from './perpetual/health.ts';
export {
  liquidateMarginCollateral,
  liquidateExposure,
  type CollateralLiquidation,
  type ExposureLiquidation,
} from './perpetual/liquidation.ts';
export {
  initialSettlementTerms,
  type MarginCollateralTerms,
  type PerpetualTerms,
  type SettlementTerms,
} from './perpetual/terms.ts';
export type * from './cdp/terms.ts';
export { CDP_MARKET_ID } from './cdp/terms.ts';
export type { CdpChange, CdpPosition, PerStake } from './cdp/position.ts';
export type { CdpDebt, CdpGrowth, CdpGrowthChange } from './cdp/growth.ts';
export {
  cdpAmounts,
  cdpOwnDebt,
  cdpTotals,
  newStakeDown,
  type CdpAmounts,
  type CdpTotals,
} from './cdp/account.ts';
export {
  answerScaleWad,
  cdpHealthFactorWad,
  cdpLiquidationAnswer,
  collateralRatioWad,
  isCdpLiquidatable,
} from './cdp/ratio.ts';
export {
  cdpBatch,
  cdpLiquidation,
  redistribute,
  type CdpLiquidation,
  type CdpShare,
  type Redistribution,
} from './cdp/liquidation.ts';
export { compoundedDepositDown, offsetPool, type PoolDeposit, type PoolState } from './cdp/stability-pool.ts';
export type * from './money-market/terms.ts';
export { MONEY_MARKET_VENUE_ID } from './money-market/terms.ts';
export {
  EMPTY_MONEY_MARKET,
  type MoneyMarketGrowth,
  type MoneyMarketGrowthChange,
} from './money-market/growth.ts';
export { indexedDebtDown, type IndexedDebt, type IndexedDebtChange } from './money-market/position.ts';
export { accrueMoneyMarket, borrowRatePerBlockWad, exchangeRateWad } from './money-market/interest.ts';
export {
  isMoneyMarketDue,
  moneyMarketAnswerScale,
  moneyMarketHealthWad,
  moneyMarketLiquidationAnswer,
  moneyMarketSums,
  moneyMarketSumsAfter,
  type MoneyMarketLeg,
  type MoneyMarketSums,
} from './money-market/account.ts';
export { closableDown, seizedTokensDown, type SeizeTerms } from './money-market/liquidation.ts';
