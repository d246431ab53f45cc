import { parseAbi } from 'viem';

/** Events of the contracts, by the contract that emits them (@perp/curie-contract 2.8.4, perp-oracle-contract 0.6.8). */
export const clearingHouseEvents = {
  positionChanged: parseAbi([
    'event PositionChanged(address indexed trader, address indexed baseToken, int256 exchangedPositionSize, int256 exchangedPositionNotional, uint256 fee, int256 openNotional, int256 realizedPnl, uint256 sqrtPriceAfterX96)',
  ])[0],
  positionLiquidated: parseAbi([
    'event PositionLiquidated(address indexed trader, address indexed baseToken, uint256 positionNotional, uint256 positionSize, uint256 liquidationFee, address liquidator)',
  ])[0],
  positionClosed: parseAbi([
    'event PositionClosed(address indexed trader, address indexed baseToken, int256 closedPositionSize, int256 closedPositionNotional, int256 openNotional, int256 realizedPnl, uint256 closedPrice)',
  ])[0],
  liquidityChanged: parseAbi([
    'event LiquidityChanged(address indexed maker, address indexed baseToken, address indexed quoteToken, int24 lowerTick, int24 upperTick, int256 base, int256 quote, int128 liquidity, uint256 quoteFee)',
  ])[0],
  fundingPaymentSettled: parseAbi([
    'event FundingPaymentSettled(address indexed trader, address indexed baseToken, int256 fundingPayment)',
  ])[0],
} as const;

export const accountBalanceEvents = {
  pnlRealized: parseAbi(['event PnlRealized(address indexed trader, int256 amount)'])[0],
} as const;

export const exchangeEvents = {
  fundingUpdated: parseAbi([
    'event FundingUpdated(address indexed baseToken, uint256 marketTwap, uint256 indexTwap)',
  ])[0],
} as const;

export const vaultEvents = {
  deposited: parseAbi([
    'event Deposited(address indexed collateralToken, address indexed trader, uint256 amount)',
  ])[0],
  withdrawn: parseAbi([
    'event Withdrawn(address indexed collateralToken, address indexed trader, uint256 amount)',
  ])[0],
  collateralLiquidated: parseAbi([
    'event CollateralLiquidated(address indexed trader, address indexed collateralToken, address indexed liquidator, uint256 collateral, uint256 repaidSettlementWithoutInsuranceFundFeeX10_S, uint256 insuranceFundFeeX10_S, uint24 discountRatio)',
  ])[0],
  badDebtSettled: parseAbi(['event BadDebtSettled(address indexed trader, uint256 amount)'])[0],
} as const;

export const configEvents = {
  liquidationPenaltyRatioChanged: parseAbi([
    'event LiquidationPenaltyRatioChanged(uint24 liquidationPenaltyRatio)',
  ])[0],
  twapIntervalChanged: parseAbi(['event TwapIntervalChanged(uint256 twapInterval)'])[0],
  maxFundingRateChanged: parseAbi(['event MaxFundingRateChanged(uint24 rate)'])[0],
  markWindowChanged: parseAbi(['event MarkPriceMarketTwapIntervalChanged(uint32 twapInterval)'])[0],
  premiumWindowChanged: parseAbi(['event MarkPricePremiumIntervalChanged(uint32 premiumInterval)'])[0],
} as const;

export const collateralManagerEvents = {
  collateralAdded: parseAbi([
    'event CollateralAdded(address indexed token, address priceFeed, uint24 collateralRatio, uint24 discountRatio, uint256 depositCap)',
  ])[0],
  priceFeedChanged: parseAbi(['event PriceFeedChanged(address indexed token, address priceFeed)'])[0],
  collateralRatioChanged: parseAbi([
    'event CollateralRatioChanged(address indexed token, uint24 collateralRatio)',
  ])[0],
  discountRatioChanged: parseAbi([
    'event DiscountRatioChanged(address indexed token, uint24 discountRatio)',
  ])[0],
  mmRatioBufferChanged: parseAbi(['event MmRatioBufferChanged(uint24 mmRatioBuffer)'])[0],
  debtRatioChanged: parseAbi([
    'event DebtNonSettlementTokenValueRatioChanged(uint24 debtNonSettlementTokenValueRatio)',
  ])[0],
  liquidationRatioChanged: parseAbi(['event LiquidationRatioChanged(uint24 liquidationRatio)'])[0],
  fundFeeRatioChanged: parseAbi(['event CLInsuranceFundFeeRatioChanged(uint24 clInsuranceFundFeeRatio)'])[0],
  debtThresholdChanged: parseAbi(['event DebtThresholdChanged(uint256 debtThreshold)'])[0],
  whitelistedDebtThresholdChanged: parseAbi([
    'event WhitelistedDebtThresholdChanged(address trader, uint256 whitelistedDebtThreshold)',
  ])[0],
  collateralValueDustChanged: parseAbi(['event CollateralValueDustChanged(uint256 collateralValueDust)'])[0],
} as const;

export const marketRegistryEvents = {
  poolAdded: parseAbi([
    'event PoolAdded(address indexed baseToken, uint24 indexed feeRatio, address indexed pool)',
  ])[0],
  feeRatioChanged: parseAbi(['event FeeRatioChanged(address baseToken, uint24 feeRatio)'])[0],
  fundFeeRatioChanged: parseAbi([
    'event InsuranceFundFeeRatioChanged(address baseToken, uint24 feeRatio)',
  ])[0],
  feeDiscountRatioChanged: parseAbi([
    'event FeeDiscountRatioChanged(address indexed trader, uint24 discountRatio)',
  ])[0],
} as const;

export const baseTokenEvents = {
  statusUpdated: parseAbi(['event StatusUpdated(uint8 indexed status)'])[0],
  priceFeedChanged: parseAbi(['event PriceFeedChanged(address indexed priceFeed)'])[0],
} as const;

export const poolEvents = {
  initialize: parseAbi(['event Initialize(uint160 sqrtPriceX96, int24 tick)'])[0],
  swap: parseAbi([
    'event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)',
  ])[0],
} as const;

export const priceFeedEvents = {
  priceUpdated: parseAbi([
    'event ChainlinkPriceUpdated(uint256 price, uint256 timestamp, uint8 freezedReason)',
  ])[0],
} as const;

/** Views that hold the same state. */
export const perpViews = parseAbi([
  'function getAccountInfo(address trader, address baseToken) view returns (int256 takerPositionSize, int256 takerOpenNotional, int256 lastTwPremiumGrowthGlobalX96)',
  'function getPnlAndPendingFee(address trader) view returns (int256 owedRealizedPnl, int256 unrealizedPnl, uint256 pendingFee)',
  'function getBalance(address trader) view returns (int256)',
  'function getBalanceByToken(address trader, address token) view returns (int256)',
  'function getOpenOrderIds(address trader, address baseToken) view returns (bytes32[])',
  'function getOpenOrderById(bytes32 orderId) view returns (uint128 liquidity, int24 lowerTick, int24 upperTick, uint256 lastFeeGrowthInsideX128, int256 lastTwPremiumGrowthInsideX96, int256 lastTwPremiumGrowthBelowX96, int256 lastTwPremiumDivBySqrtPriceGrowthInsideX96, uint256 baseDebt, uint256 quoteDebt)',
  'function getImRatio() view returns (uint24)',
  'function getMmRatio() view returns (uint24)',
  'function getLiquidationPenaltyRatio() view returns (uint24)',
  'function getTwapInterval() view returns (uint32)',
  'function getMaxFundingRate() view returns (uint24)',
  'function getMarkPriceConfig() view returns (uint32 marketTwapInterval, uint32 premiumInterval)',
  'function getMmRatioBuffer() view returns (uint24)',
  'function getDebtNonSettlementTokenValueRatio() view returns (uint24)',
  'function getLiquidationRatio() view returns (uint24)',
  'function getCLInsuranceFundFeeRatio() view returns (uint24)',
  'function getDebtThreshold() view returns (uint256)',
  'function getCollateralValueDust() view returns (uint256)',
  'function getCollateralConfig(address token) view returns (address priceFeed, uint24 collateralRatio, uint24 discountRatio, uint256 depositCap)',
  'function getMarketInfo(address baseToken) view returns (address pool, uint24 exchangeFeeRatio, uint24 uniswapFeeRatio, uint24 insuranceFundFeeRatio, uint24 maxPriceSpreadRatio)',
  'function isOpen() view returns (bool)',
  'function isPaused() view returns (bool)',
]);
