import { hardhat, type ArtifactSet } from '../artifact-set.ts';
import { AAVE_V3_CORE, CHAINLINK, UNISWAP_V3_CORE, UNISWAP_V3_PERIPHERY } from '../pinned-packages.ts';

/** What every venue stands on: tokens, feeds, pools to trade in, and the liquidator. */
export const BASE_SET = {
  id: 'base',
  title: 'tokens, Chainlink and Uniswap v3',
  packages: {
    aave: AAVE_V3_CORE,
    uniswapCore: UNISWAP_V3_CORE,
    uniswapPeriphery: UNISWAP_V3_PERIPHERY,
    chainlink: CHAINLINK,
  },
  precompiled: {
    MintableERC20: hardhat('aave', 'mocks/tokens/MintableERC20'),
    WETH9: hardhat('aave', 'dependencies/weth/WETH9'),
    UniswapV3Factory: hardhat('uniswapCore', 'UniswapV3Factory'),
    UniswapV3Pool: hardhat('uniswapCore', 'UniswapV3Pool'),
    SwapRouter: hardhat('uniswapPeriphery', 'SwapRouter'),
    NonfungiblePositionManager: hardhat('uniswapPeriphery', 'NonfungiblePositionManager'),
    QuoterV2: hardhat('uniswapPeriphery', 'lens/QuoterV2'),
    FluxAggregator: { from: 'chainlink', file: 'FluxAggregator.json' },
    EACAggregatorProxy: { from: 'chainlink', file: 'EACAggregatorProxy.json' },
  },
  compile: [
    {
      compiler: 'solc-0.8.19',
      ownSources: { 'Bundle.sol': 'Bundle.sol' },
      settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'paris' },
      contracts: { Bundle: 'Bundle', BundleActor: 'BundleActor' },
    },
    {
      compiler: 'solc-0.8.19',
      ownSources: { 'PriceSources.sol': 'PriceSources.sol' },
      settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'paris' },
      contracts: {
        CappedRateFeed: 'CappedRateFeed',
        CappedStableFeed: 'CappedStableFeed',
        ConstantFeed: 'ConstantFeed',
        CrossFeed: 'CrossFeed',
        DiscountedFeed: 'DiscountedFeed',
      },
    },
    {
      compiler: 'solc-0.8.19',
      ownSources: { 'Liquidator.sol': 'Liquidator.sol' },
      // Its arguments are too many for the stack without the intermediate representation.
      settings: { optimizer: { enabled: true, runs: 200 }, viaIR: true, evmVersion: 'paris' },
      contracts: { Liquidator: 'Liquidator' },
    },
  ],
} as const satisfies ArtifactSet;
