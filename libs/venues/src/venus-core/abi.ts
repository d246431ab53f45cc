import { parseAbi } from 'viem/utils';

/** Events of `VTokenInterface`, `Comptroller` and `VenusChainlinkOracle` that say something. */
export const venusCoreEvents = {
  // Every market
  accrueInterest: parseAbi([
    'event AccrueInterest(uint256 cashPrior, uint256 interestAccumulated, uint256 borrowIndex, uint256 totalBorrows)',
  ])[0],
  mint: parseAbi(['event Mint(address minter, uint256 mintAmount, uint256 mintTokens)'])[0],
  mintBehalf: parseAbi([
    'event MintBehalf(address payer, address receiver, uint256 mintAmount, uint256 mintTokens)',
  ])[0],
  redeem: parseAbi(['event Redeem(address redeemer, uint256 redeemAmount, uint256 redeemTokens)'])[0],
  redeemFee: parseAbi(['event RedeemFee(address redeemer, uint256 feeAmount, uint256 redeemTokens)'])[0],
  borrow: parseAbi([
    'event Borrow(address borrower, uint256 borrowAmount, uint256 accountBorrows, uint256 totalBorrows)',
  ])[0],
  repayBorrow: parseAbi([
    'event RepayBorrow(address payer, address borrower, uint256 repayAmount, uint256 accountBorrows, uint256 totalBorrows)',
  ])[0],
  liquidateBorrow: parseAbi([
    'event LiquidateBorrow(address liquidator, address borrower, uint256 repayAmount, address vTokenCollateral, uint256 seizeTokens)',
  ])[0],
  transfer: parseAbi(['event Transfer(address indexed from, address indexed to, uint256 amount)'])[0],
  reservesAdded: parseAbi([
    'event ReservesAdded(address benefactor, uint256 addAmount, uint256 newTotalReserves)',
  ])[0],
  reservesReduced: parseAbi([
    'event ReservesReduced(address admin, uint256 reduceAmount, uint256 newTotalReserves)',
  ])[0],
  newReserveFactor: parseAbi([
    'event NewReserveFactor(uint256 oldReserveFactorMantissa, uint256 newReserveFactorMantissa)',
  ])[0],
  newInterestRateModel: parseAbi([
    'event NewMarketInterestRateModel(address oldInterestRateModel, address newInterestRateModel)',
  ])[0],
  // Comptroller
  marketListed: parseAbi(['event MarketListed(address vToken)'])[0],
  marketEntered: parseAbi(['event MarketEntered(address vToken, address account)'])[0],
  marketExited: parseAbi(['event MarketExited(address vToken, address account)'])[0],
  newCollateralFactor: parseAbi([
    'event NewCollateralFactor(address vToken, uint256 oldCollateralFactorMantissa, uint256 newCollateralFactorMantissa)',
  ])[0],
  newCloseFactor: parseAbi([
    'event NewCloseFactor(uint256 oldCloseFactorMantissa, uint256 newCloseFactorMantissa)',
  ])[0],
  newLiquidationIncentive: parseAbi([
    'event NewLiquidationIncentive(uint256 oldLiquidationIncentiveMantissa, uint256 newLiquidationIncentiveMantissa)',
  ])[0],
  actionPaused: parseAbi([
    'event ActionPausedMarket(address indexed vToken, uint8 indexed action, bool pauseState)',
  ])[0],
  newPriceOracle: parseAbi(['event NewPriceOracle(address oldPriceOracle, address newPriceOracle)'])[0],
  newVaiController: parseAbi([
    'event NewVAIController(address oldVAIController, address newVAIController)',
  ])[0],
  // Oracle
  feedSet: parseAbi(['event FeedSet(address feed, string symbol)'])[0],
  pricePosted: parseAbi([
    'event PricePosted(address asset, uint256 previousPriceMantissa, uint256 requestedPriceMantissa, uint256 newPriceMantissa)',
  ])[0],
} as const;

/** Views that hold the same state, and what no log carries. */
export const venusCoreViews = parseAbi([
  // Comptroller
  'function getAllMarkets() view returns (address[])',
  'function getAssetsIn(address account) view returns (address[])',
  'function markets(address vToken) view returns (bool isListed, uint256 collateralFactorMantissa, bool isVenus)',
  'function closeFactorMantissa() view returns (uint256)',
  'function liquidationIncentiveMantissa() view returns (uint256)',
  'function actionPaused(address market, uint8 action) view returns (bool)',
  // A market
  'function underlying() view returns (address)',
  'function interestRateModel() view returns (address)',
  'function getCash() view returns (uint256)',
  'function totalBorrows() view returns (uint256)',
  'function totalReserves() view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function borrowIndex() view returns (uint256)',
  'function reserveFactorMantissa() view returns (uint256)',
  'function accrualBlockNumber() view returns (uint256)',
  'function balanceOf(address owner) view returns (uint256)',
  'function borrowBalanceStored(address account) view returns (uint256)',
  // JumpRateModel
  'function baseRatePerBlock() view returns (uint256)',
  'function multiplierPerBlock() view returns (uint256)',
  'function jumpMultiplierPerBlock() view returns (uint256)',
  'function kink() view returns (uint256)',
  // VenusChainlinkOracle, and a token
  'function getFeed(string symbol) view returns (address)',
  'function assetPrices(address asset) view returns (uint256)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);
