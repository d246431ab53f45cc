import { parseAbi } from 'viem/utils';

const troveUpdated =
  'event TroveUpdated(address indexed _borrower, uint256 _principal, uint256 _interest, uint256 _coll, uint256 stake, uint8 operation)';

/** Events of `ITroveManager`, `IBorrowerOperations`, the pools and `IInterestRateManager` that say something. */
export const musdEvents = {
  troveUpdated: parseAbi([troveUpdated])[0],
  troveLiquidated: parseAbi([
    'event TroveLiquidated(address indexed _borrower, uint256 _debt, uint256 _coll, uint8 operation)',
  ])[0],
  troveSnapshotsUpdated: parseAbi([
    'event TroveSnapshotsUpdated(uint256 _L_Collateral, uint256 _L_Principal, uint256 _L_Interest)',
  ])[0],
  lTermsUpdated: parseAbi([
    'event LTermsUpdated(uint256 _L_Collateral, uint256 _L_Principal, uint256 _L_Interest)',
  ])[0],
  systemSnapshotsUpdated: parseAbi([
    'event SystemSnapshotsUpdated(uint256 _totalStakesSnapshot, uint256 _totalCollateralSnapshot)',
  ])[0],
  interestRateUpdated: parseAbi(['event InterestRateUpdated(uint16 newInterestRate)'])[0],
  interestNumeratorChanged: parseAbi(['event InterestNumeratorChanged(uint256 _newNumerator)'])[0],
  activeDebt: parseAbi(['event ActivePoolDebtUpdated(uint256 _principal, uint256 _interest)'])[0],
  activeCollateral: parseAbi(['event ActivePoolCollateralBalanceUpdated(uint256 _collateral)'])[0],
  pendingDebt: parseAbi(['event DefaultPoolDebtUpdated(uint256 _principal, uint256 _interest)'])[0],
  pendingCollateral: parseAbi(['event DefaultPoolCollateralBalanceUpdated(uint256 _collateral)'])[0],
  poolBalance: parseAbi(['event StabilityPoolMUSDBalanceUpdated(uint256 _newBalance)'])[0],
  oracleRegistered: parseAbi(['event NewOracleRegistered(address _oracle)'])[0],
  transfer: parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])[0],
} as const;

/** Views that hold the same state, and the constants of the contracts. */
export const musdViews = parseAbi([
  // TroveManager
  'function MCR() view returns (uint256)',
  'function CCR() view returns (uint256)',
  'function MUSD_GAS_COMPENSATION() view returns (uint256)',
  'function PERCENT_DIVISOR() view returns (uint256)',
  'function getTroveOwnersCount() view returns (uint256)',
  'function getTroveFromTroveOwnersArray(uint256 index) view returns (address)',
  'function Troves(address borrower) view returns (uint256 coll, uint256 principal, uint256 interestOwed, uint256 stake, uint8 status, uint16 interestRate, uint256 lastInterestUpdateTime, uint256 maxBorrowingCapacity, uint128 arrayIndex)',
  'function rewardSnapshots(address borrower) view returns (uint256 collateral, uint256 principal, uint256 interest)',
  'function L_Collateral() view returns (uint256)',
  'function L_Principal() view returns (uint256)',
  'function L_Interest() view returns (uint256)',
  'function totalStakesSnapshot() view returns (uint256)',
  'function totalCollateralSnapshot() view returns (uint256)',
  // ActivePool, DefaultPool
  'function getCollateralBalance() view returns (uint256)',
  'function getPrincipal() view returns (uint256)',
  'function getInterest() view returns (uint256)',
  // InterestRateManager
  'function interestRate() view returns (uint16)',
  'function interestNumerator() view returns (uint256)',
  'function lastUpdatedTime() view returns (uint256)',
  'function getAccruedInterest() view returns (uint256)',
  // StabilityPool, PriceFeed, MUSD
  'function getTotalMUSDDeposits() view returns (uint256)',
  'function oracle() view returns (address)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);
