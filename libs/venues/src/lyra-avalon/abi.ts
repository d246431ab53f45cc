import { parseAbi } from 'viem/utils';

// Structs as @lyrafinance/protocol 0.1.3-alpha declares them.
const structs = [
  'struct OptionPosition { uint256 positionId; uint256 strikeId; uint8 optionType; uint256 amount; uint256 collateral; uint8 state; }',
  'struct PartialCollateralParameters { uint256 penaltyRatio; uint256 liquidatorFeeRatio; uint256 smFeeRatio; uint256 minLiquidationFee; }',
  'struct GreekCacheParameters { uint256 maxStrikesPerBoard; uint256 acceptableSpotPricePercentMove; uint256 staleUpdateDuration; uint256 varianceIvGWAVPeriod; uint256 varianceSkewGWAVPeriod; uint256 optionValueIvGWAVPeriod; uint256 optionValueSkewGWAVPeriod; uint256 gwavSkewFloor; uint256 gwavSkewCap; int256 rateAndCarry; }',
  'struct ForceCloseParameters { uint256 ivGWAVPeriod; uint256 skewGWAVPeriod; uint256 shortVolShock; uint256 shortPostCutoffVolShock; uint256 longVolShock; uint256 longPostCutoffVolShock; uint256 liquidateVolShock; uint256 liquidatePostCutoffVolShock; uint256 shortSpotMin; uint256 liquidateSpotMin; }',
  'struct MinCollateralParameters { uint256 minStaticQuoteCollateral; uint256 minStaticBaseCollateral; uint256 shockVolA; uint256 shockVolPointA; uint256 shockVolB; uint256 shockVolPointB; uint256 callSpotPriceShock; uint256 putSpotPriceShock; }',
  'struct PricingParameters { uint256 optionPriceFeeCoefficient; uint256 optionPriceFee1xPoint; uint256 optionPriceFee2xPoint; uint256 spotPriceFeeCoefficient; uint256 spotPriceFee1xPoint; uint256 spotPriceFee2xPoint; uint256 vegaFeeCoefficient; uint256 standardSize; uint256 skewAdjustmentFactor; }',
  'struct TradeLimitParameters { int256 minDelta; int256 minForceCloseDelta; uint256 tradingCutoff; uint256 minBaseIV; uint256 maxBaseIV; uint256 minSkew; uint256 maxSkew; uint256 minVol; uint256 maxVol; uint256 absMinSkew; uint256 absMaxSkew; bool capSkewsToAbs; }',
  'struct VarianceFeeParameters { uint256 defaultVarianceFeeCoefficient; uint256 forceCloseVarianceFeeCoefficient; uint256 skewAdjustmentCoefficient; uint256 referenceSkew; uint256 minimumStaticSkewAdjustment; uint256 vegaCoefficient; uint256 minimumStaticVega; uint256 ivVarianceCoefficient; uint256 minimumStaticIvVariance; }',
  'struct TradeEventData { uint256 expiry; uint256 strikePrice; uint8 optionType; uint8 tradeDirection; uint256 amount; uint256 setCollateralTo; bool isForceClose; uint256 spotPrice; uint256 reservedFee; uint256 totalCost; }',
  'struct VegaUtilFeeComponents { int256 preTradeAmmNetStdVega; int256 postTradeAmmNetStdVega; uint256 vegaUtil; uint256 volTraded; uint256 NAV; uint256 vegaUtilFee; }',
  'struct VarianceFeeComponents { uint256 varianceFeeCoefficient; uint256 vega; uint256 vegaCoefficient; uint256 skew; uint256 skewCoefficient; uint256 ivVariance; uint256 ivVarianceCoefficient; uint256 varianceFee; }',
  'struct TradeResult { uint256 amount; uint256 premium; uint256 optionPriceFee; uint256 spotPriceFee; VegaUtilFeeComponents vegaUtilFee; VarianceFeeComponents varianceFee; uint256 totalFee; uint256 totalCost; uint256 volTraded; uint256 newBaseIv; uint256 newSkew; }',
  'struct LiquidationEventData { address rewardBeneficiary; address caller; uint256 returnCollateral; uint256 lpPremiums; uint256 lpFee; uint256 liquidatorFee; uint256 smFee; uint256 insolventAmount; }',
  'struct NetGreeks { int256 netDelta; int256 netStdVega; int256 netOptionValue; }',
  'struct StrikeGreeks { int256 callDelta; int256 putDelta; uint256 stdVega; uint256 callPrice; uint256 putPrice; }',
  'struct StrikeCache { uint256 id; uint256 boardId; uint256 strikePrice; uint256 skew; StrikeGreeks greeks; int256 callExposure; int256 putExposure; uint256 skewVariance; }',
  'struct OptionBoard { uint256 id; uint256 expiry; uint256 iv; bool frozen; uint256[] strikeIds; }',
  'struct Strike { uint256 id; uint256 strikePrice; uint256 skew; uint256 longCall; uint256 shortCallBase; uint256 shortCallQuote; uint256 longPut; uint256 shortPut; uint256 boardId; }',
  'struct ExchangeParams { uint256 spotPrice; bytes32 quoteKey; bytes32 baseKey; uint256 quoteBaseFeeRate; uint256 baseQuoteFeeRate; }',
] as const;

/** Events that say something about positions, series, parameters and volatilities, by contract. */
export const optionMarketEvents = parseAbi([
  ...structs,
  'event BoardCreated(uint256 indexed boardId, uint256 expiry, uint256 baseIv, bool frozen)',
  'event BoardFrozen(uint256 indexed boardId, bool frozen)',
  'event StrikeAdded(uint256 indexed boardId, uint256 indexed strikeId, uint256 strikePrice, uint256 skew)',
  'event Trade(address indexed trader, uint256 indexed strikeId, uint256 indexed positionId, TradeEventData trade, TradeResult[] tradeResults, LiquidationEventData liquidation, uint256 timestamp)',
  'event BoardSettled(uint256 indexed boardId, uint256 spotPriceAtExpiry, uint256 totalUserLongProfitQuote, uint256 totalBoardLongCallCollateral, uint256 totalBoardLongPutCollateral, uint256 totalAMMShortCallProfitBase, uint256 totalAMMShortCallProfitQuote, uint256 totalAMMShortPutProfitQuote)',
]);

export const optionTokenEvents = parseAbi([
  ...structs,
  'event PartialCollateralParamsSet(PartialCollateralParameters partialCollateralParams)',
  'event PositionUpdated(uint256 indexed positionId, address indexed owner, uint8 indexed updatedType, OptionPosition position, uint256 timestamp)',
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
]);

export const greekCacheEvents = parseAbi([
  ...structs,
  'event GreekCacheParametersSet(GreekCacheParameters params)',
  'event ForceCloseParametersSet(ForceCloseParameters params)',
  'event MinCollateralParametersSet(MinCollateralParameters params)',
  'event BoardIvUpdated(uint256 boardId, uint256 newIv, uint256 globalMaxIvVariance)',
  'event StrikeSkewUpdated(uint256 strikeId, uint256 newSkew, uint256 globalMaxSkewVariance)',
]);

export const pricerEvents = parseAbi([
  ...structs,
  'event PricingParametersSet(PricingParameters pricingParams)',
  'event TradeLimitParametersSet(TradeLimitParameters tradeLimitParams)',
  'event VarianceFeeParametersSet(VarianceFeeParameters varianceFeeParams)',
]);

export const adapterEvents = parseAbi([
  'event GlobalPausedSet(bool isPaused)',
  'event MarketPausedSet(address contractAddress, bool isPaused)',
]);

/** Views that hold the same state. */
export const lyraViews = parseAbi([
  ...structs,
  'function getOptionBoard(uint256 boardId) view returns (OptionBoard)',
  'function getBoardAndStrikeDetails(uint256 boardId) view returns (OptionBoard, Strike[], uint256[], uint256)',
  'function getOwnerPositions(address target) view returns (OptionPosition[])',
  'function getPartialCollatParams() view returns (PartialCollateralParameters)',
  'function getGreekCacheParams() view returns (GreekCacheParameters)',
  'function getForceCloseParams() view returns (ForceCloseParameters)',
  'function getMinCollatParams() view returns (MinCollateralParameters)',
  'function getStrikeCache(uint256 strikeId) view returns (StrikeCache)',
  'function getIvGWAV(uint256 boardId, uint256 secondsAgo) view returns (uint256)',
  'function getSkewGWAV(uint256 strikeId, uint256 secondsAgo) view returns (uint256)',
  'function getPricingParams() view returns (PricingParameters)',
  'function getTradeLimitParams() view returns (TradeLimitParameters)',
  'function getVarianceFeeParams() view returns (VarianceFeeParameters)',
  'function getExchangeParams(address optionMarket) view returns (ExchangeParams)',
  'function isGlobalPaused() view returns (bool)',
  'function isMarketPaused(address optionMarket) view returns (bool)',
  'function getTotalPoolValueQuote() view returns (uint256)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);
