import { parseAbi, parseAbiItem } from 'viem/utils';

/** Events of `Pool` (3.0 `@aave/core-v3` 1.19.3, 3.6 `aave-v3-origin` 3.6.0 `IPool`). */
export const poolEvents = {
  reserveDataUpdated: parseAbiItem(
    'event ReserveDataUpdated(address indexed reserve, uint256 liquidityRate, uint256 stableBorrowRate, uint256 variableBorrowRate, uint256 liquidityIndex, uint256 variableBorrowIndex)',
  ),
  collateralEnabled: parseAbiItem(
    'event ReserveUsedAsCollateralEnabled(address indexed reserve, address indexed user)',
  ),
  collateralDisabled: parseAbiItem(
    'event ReserveUsedAsCollateralDisabled(address indexed reserve, address indexed user)',
  ),
  userEModeSet: parseAbiItem('event UserEModeSet(address indexed user, uint8 categoryId)'),
  liquidationCall: parseAbiItem(
    'event LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)',
  ),
};

/** Events of `Pool` that are wanted only where token events do not say the shares (3.6). */
export const amountEvents = {
  supply: parseAbiItem(
    'event Supply(address indexed reserve, address user, address indexed onBehalfOf, uint256 amount, uint16 indexed referralCode)',
  ),
  withdraw: parseAbiItem(
    'event Withdraw(address indexed reserve, address indexed user, address indexed to, uint256 amount)',
  ),
  borrow: parseAbiItem(
    'event Borrow(address indexed reserve, address user, address indexed onBehalfOf, uint256 amount, uint8 interestRateMode, uint256 borrowRate, uint16 indexed referralCode)',
  ),
  repay: parseAbiItem(
    'event Repay(address indexed reserve, address indexed user, address indexed repayer, uint256 amount, bool useATokens)',
  ),
  mintedToTreasury: parseAbiItem('event MintedToTreasury(address indexed reserve, uint256 amountMinted)'),
  deficitCreated: parseAbiItem(
    'event DeficitCreated(address indexed user, address indexed debtAsset, uint256 amountCreated)',
  ),
  deficitCovered: parseAbiItem(
    'event DeficitCovered(address indexed reserve, address caller, uint256 amountCovered)',
  ),
};

/** Events of `AToken` and `VariableDebtToken` (`IScaledBalanceToken`, `IAToken`). */
export const tokenEvents = {
  mint: parseAbiItem(
    'event Mint(address indexed caller, address indexed onBehalfOf, uint256 value, uint256 balanceIncrease, uint256 index)',
  ),
  burn: parseAbiItem(
    'event Burn(address indexed from, address indexed target, uint256 value, uint256 balanceIncrease, uint256 index)',
  ),
  balanceTransfer: parseAbiItem(
    'event BalanceTransfer(address indexed from, address indexed to, uint256 value, uint256 index)',
  ),
};

/** Events of `StableDebtToken` (3.0). */
export const stableDebtEvents = {
  mint: parseAbiItem(
    'event Mint(address indexed user, address indexed onBehalfOf, uint256 amount, uint256 currentBalance, uint256 balanceIncrease, uint256 newRate, uint256 avgStableRate, uint256 newTotalSupply)',
  ),
  burn: parseAbiItem(
    'event Burn(address indexed from, uint256 amount, uint256 currentBalance, uint256 balanceIncrease, uint256 avgStableRate, uint256 newTotalSupply)',
  ),
};

/** Events of `PoolConfigurator`. The last four of e-mode: one of 3.0, three from 3.2 on. */
export const configuratorEvents = {
  reserveInitialized: parseAbiItem(
    'event ReserveInitialized(address indexed asset, address indexed aToken, address stableDebtToken, address variableDebtToken, address interestRateStrategyAddress)',
  ),
  reserveDropped: parseAbiItem('event ReserveDropped(address indexed asset)'),
  collateralConfigurationChanged: parseAbiItem(
    'event CollateralConfigurationChanged(address indexed asset, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus)',
  ),
  liquidationProtocolFeeChanged: parseAbiItem(
    'event LiquidationProtocolFeeChanged(address indexed asset, uint256 oldFee, uint256 newFee)',
  ),
  reserveFactorChanged: parseAbiItem(
    'event ReserveFactorChanged(address indexed asset, uint256 oldReserveFactor, uint256 newReserveFactor)',
  ),
  debtCeilingChanged: parseAbiItem(
    'event DebtCeilingChanged(address indexed asset, uint256 oldDebtCeiling, uint256 newDebtCeiling)',
  ),
  reserveActive: parseAbiItem('event ReserveActive(address indexed asset, bool active)'),
  reserveFrozen: parseAbiItem('event ReserveFrozen(address indexed asset, bool frozen)'),
  reservePaused: parseAbiItem('event ReservePaused(address indexed asset, bool paused)'),
  reserveBorrowing: parseAbiItem('event ReserveBorrowing(address indexed asset, bool enabled)'),
  eModeCategoryAdded: parseAbiItem(
    'event EModeCategoryAdded(uint8 indexed categoryId, uint256 ltv, uint256 liquidationThreshold, uint256 liquidationBonus, address oracle, string label)',
  ),
  eModeAssetCategoryChanged: parseAbiItem(
    'event EModeAssetCategoryChanged(address indexed asset, uint8 oldCategoryId, uint8 newCategoryId)',
  ),
  assetCollateralInEModeChanged: parseAbiItem(
    'event AssetCollateralInEModeChanged(address indexed asset, uint8 categoryId, bool collateral)',
  ),
  assetBorrowableInEModeChanged: parseAbiItem(
    'event AssetBorrowableInEModeChanged(address indexed asset, uint8 categoryId, bool borrowable)',
  ),
  assetLtvzeroInEModeChanged: parseAbiItem(
    'event AssetLtvzeroInEModeChanged(address indexed asset, uint8 categoryId, bool ltvzero)',
  ),
};

/** Events of `AaveOracle`. */
export const oracleEvents = {
  assetSourceUpdated: parseAbiItem('event AssetSourceUpdated(address indexed asset, address indexed source)'),
  baseCurrencySet: parseAbiItem(
    'event BaseCurrencySet(address indexed baseCurrency, uint256 baseCurrencyUnit)',
  ),
};

/** Calls of a snapshot. `getReserveData` and `getEModeCategoryData` return the same layout in both releases. */
export const readAbi = parseAbi([
  'struct ReserveData { uint256 configuration; uint128 liquidityIndex; uint128 currentLiquidityRate; uint128 variableBorrowIndex; uint128 currentVariableBorrowRate; uint128 currentStableBorrowRate; uint40 lastUpdateTimestamp; uint16 id; address aTokenAddress; address stableDebtTokenAddress; address variableDebtTokenAddress; address interestRateStrategyAddress; uint128 accruedToTreasury; uint128 unbacked; uint128 isolationModeTotalDebt; }',
  'struct EModeCategory { uint16 ltv; uint16 liquidationThreshold; uint16 liquidationBonus; address priceSource; string label; }',
  'function getReservesList() view returns (address[])',
  'function getReserveData(address asset) view returns (ReserveData)',
  'function getUserConfiguration(address user) view returns (uint256)',
  'function getUserEMode(address user) view returns (uint256)',
  'function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)',
  'function getEModeCategoryData(uint8 id) view returns (EModeCategory)',
  'function getEModeCategoryCollateralBitmap(uint8 id) view returns (uint128)',
  'function getEModeCategoryBorrowableBitmap(uint8 id) view returns (uint128)',
  'function getEModeCategoryLtvzeroBitmap(uint8 id) view returns (uint128)',
  'function getSourceOfAsset(address asset) view returns (address)',
  'function scaledBalanceOf(address user) view returns (uint256)',
  'function scaledTotalSupply() view returns (uint256)',
  'function getReserveDeficit(address asset) view returns (uint256)',
  'function POOL_REVISION() view returns (uint256)',
  'function balanceOf(address user) view returns (uint256)',
  'function decimals() view returns (uint8)',
]);
