import type {
  AveragingTerms,
  ClosingTerms,
  FeeTerms,
  LimitTerms,
  MarginTerms,
  PenaltyTerms,
  VarianceFeeTerms,
} from '@undertow/market';

/** Fields of the contracts' parameter structs, by name. */
type Struct<Name extends string> = Readonly<Record<Name, bigint>>;

export const averagingTerms = (
  of: Struct<'varianceIvGWAVPeriod' | 'gwavSkewFloor' | 'gwavSkewCap' | 'rateAndCarry'>,
): AveragingTerms => ({
  variancePeriod: of.varianceIvGWAVPeriod,
  skewFloorWad: of.gwavSkewFloor,
  skewCapWad: of.gwavSkewCap,
  rateAndCarryWad: of.rateAndCarry,
});

export const marginTerms = (
  of: Struct<
    | 'minStaticQuoteCollateral'
    | 'minStaticBaseCollateral'
    | 'shockVolA'
    | 'shockVolPointA'
    | 'shockVolB'
    | 'shockVolPointB'
    | 'callSpotPriceShock'
    | 'putSpotPriceShock'
  >,
): MarginTerms => ({
  leastQuoteWad: of.minStaticQuoteCollateral,
  leastBaseWad: of.minStaticBaseCollateral,
  shockVolatilityAWad: of.shockVolA,
  pointA: of.shockVolPointA,
  shockVolatilityBWad: of.shockVolB,
  pointB: of.shockVolPointB,
  callSpotShockWad: of.callSpotPriceShock,
  putSpotShockWad: of.putSpotPriceShock,
});

export const closingTerms = (
  of: Struct<
    | 'ivGWAVPeriod'
    | 'skewGWAVPeriod'
    | 'liquidateVolShock'
    | 'liquidatePostCutoffVolShock'
    | 'liquidateSpotMin'
  >,
): ClosingTerms => ({
  volatilityPeriod: of.ivGWAVPeriod,
  skewPeriod: of.skewGWAVPeriod,
  volatilityShockWad: of.liquidateVolShock,
  lateVolatilityShockWad: of.liquidatePostCutoffVolShock,
  leastOfSpotWad: of.liquidateSpotMin,
});

export const feeTerms = (
  of: Struct<
    | 'optionPriceFeeCoefficient'
    | 'optionPriceFee1xPoint'
    | 'optionPriceFee2xPoint'
    | 'spotPriceFeeCoefficient'
    | 'spotPriceFee1xPoint'
    | 'spotPriceFee2xPoint'
    | 'vegaFeeCoefficient'
    | 'standardSize'
    | 'skewAdjustmentFactor'
  >,
): FeeTerms => ({
  ofPremium: {
    coefficientWad: of.optionPriceFeeCoefficient,
    pointA: of.optionPriceFee1xPoint,
    pointB: of.optionPriceFee2xPoint,
  },
  ofSpot: {
    coefficientWad: of.spotPriceFeeCoefficient,
    pointA: of.spotPriceFee1xPoint,
    pointB: of.spotPriceFee2xPoint,
  },
  vegaCoefficientWad: of.vegaFeeCoefficient,
  standardSizeWad: of.standardSize,
  skewAdjustmentWad: of.skewAdjustmentFactor,
});

export const limitTerms = (
  of: Struct<'tradingCutoff' | 'absMinSkew' | 'absMaxSkew'> & { readonly capSkewsToAbs: boolean },
): LimitTerms => ({
  cutoff: of.tradingCutoff,
  leastSkewWad: of.absMinSkew,
  mostSkewWad: of.absMaxSkew,
  capsSkew: of.capSkewsToAbs,
});

export const varianceFeeTerms = (
  of: Struct<
    | 'forceCloseVarianceFeeCoefficient'
    | 'skewAdjustmentCoefficient'
    | 'referenceSkew'
    | 'minimumStaticSkewAdjustment'
    | 'vegaCoefficient'
    | 'minimumStaticVega'
    | 'ivVarianceCoefficient'
    | 'minimumStaticIvVariance'
  >,
): VarianceFeeTerms => ({
  coefficientWad: of.forceCloseVarianceFeeCoefficient,
  skewCoefficientWad: of.skewAdjustmentCoefficient,
  referenceSkewWad: of.referenceSkew,
  leastSkewWad: of.minimumStaticSkewAdjustment,
  vegaCoefficientWad: of.vegaCoefficient,
  leastVegaWad: of.minimumStaticVega,
  varianceCoefficientWad: of.ivVarianceCoefficient,
  leastVarianceWad: of.minimumStaticIvVariance,
});

export const penaltyTerms = (
  of: Struct<'penaltyRatio' | 'liquidatorFeeRatio' | 'smFeeRatio' | 'minLiquidationFee'>,
): PenaltyTerms => ({
  penaltyWad: of.penaltyRatio,
  liquidatorShareWad: of.liquidatorFeeRatio,
  securityShareWad: of.smFeeRatio,
  leastFeeWad: of.minLiquidationFee,
});
