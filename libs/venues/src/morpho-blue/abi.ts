import { parseAbi } from 'viem/utils';

const marketParams =
  'struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }';

/** Events that say something about accounts and markets (EventsLib of morpho-blue; AdaptiveCurveIrm). */
export const morphoEvents = {
  createMarket: parseAbi([
    marketParams,
    'event CreateMarket(bytes32 indexed id, MarketParams marketParams)',
  ])[0],
  setFee: parseAbi(['event SetFee(bytes32 indexed id, uint256 newFee)'])[0],
  supply: parseAbi([
    'event Supply(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets, uint256 shares)',
  ])[0],
  withdraw: parseAbi([
    'event Withdraw(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets, uint256 shares)',
  ])[0],
  borrow: parseAbi([
    'event Borrow(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets, uint256 shares)',
  ])[0],
  repay: parseAbi([
    'event Repay(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets, uint256 shares)',
  ])[0],
  supplyCollateral: parseAbi([
    'event SupplyCollateral(bytes32 indexed id, address indexed caller, address indexed onBehalf, uint256 assets)',
  ])[0],
  withdrawCollateral: parseAbi([
    'event WithdrawCollateral(bytes32 indexed id, address caller, address indexed onBehalf, address indexed receiver, uint256 assets)',
  ])[0],
  liquidate: parseAbi([
    'event Liquidate(bytes32 indexed id, address indexed caller, address indexed borrower, uint256 repaidAssets, uint256 repaidShares, uint256 seizedAssets, uint256 badDebtAssets, uint256 badDebtShares)',
  ])[0],
  accrueInterest: parseAbi([
    'event AccrueInterest(bytes32 indexed id, uint256 prevBorrowRate, uint256 interest, uint256 feeShares)',
  ])[0],
  borrowRateUpdate: parseAbi([
    'event BorrowRateUpdate(bytes32 indexed id, uint256 avgBorrowRate, uint256 rateAtTarget)',
  ])[0],
} as const;

/** Views of Morpho and of the adaptive curve that hold the same state. */
export const morphoViews = parseAbi([
  'function market(bytes32 id) view returns (uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee)',
  'function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)',
  'function idToMarketParams(bytes32 id) view returns (address loanToken, address collateralToken, address oracle, address irm, uint256 lltv)',
  'function rateAtTarget(bytes32 id) view returns (int256)',
]);

/** What oracles, feeds, vaults and tokens say about themselves. */
export const compositionViews = parseAbi([
  'function price() view returns (uint256)',
  'function SCALE_FACTOR() view returns (uint256)',
  // MorphoChainlinkOracleV2
  'function BASE_FEED_1() view returns (address)',
  'function BASE_FEED_2() view returns (address)',
  'function QUOTE_FEED_1() view returns (address)',
  'function QUOTE_FEED_2() view returns (address)',
  'function BASE_VAULT() view returns (address)',
  'function BASE_VAULT_CONVERSION_SAMPLE() view returns (uint256)',
  'function QUOTE_VAULT() view returns (address)',
  'function QUOTE_VAULT_CONVERSION_SAMPLE() view returns (uint256)',
  // ERC-4626, Chainlink, ERC-20
  'function convertToAssets(uint256 shares) view returns (uint256)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  'function description() view returns (string)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);
