import type { PinnedPackageKey } from './pinned-packages.ts';

/** Contracts that their package carries compiled, by name: the package and the file in its folder. */
export const PRECOMPILED = {
  MintableERC20: aave('mocks/tokens/MintableERC20'),
  Pool: aave('protocol/pool/Pool'),
  PoolConfigurator: aave('protocol/pool/PoolConfigurator'),
  DefaultReserveInterestRateStrategy: aave('protocol/pool/DefaultReserveInterestRateStrategy'),
  PoolAddressesProvider: aave('protocol/configuration/PoolAddressesProvider'),
  ACLManager: aave('protocol/configuration/ACLManager'),
  AaveOracle: aave('misc/AaveOracle'),
  AaveProtocolDataProvider: aave('misc/AaveProtocolDataProvider'),
  AToken: aave('protocol/tokenization/AToken'),
  StableDebtToken: aave('protocol/tokenization/StableDebtToken'),
  VariableDebtToken: aave('protocol/tokenization/VariableDebtToken'),
  SupplyLogic: aave('protocol/libraries/logic/SupplyLogic'),
  BorrowLogic: aave('protocol/libraries/logic/BorrowLogic'),
  LiquidationLogic: aave('protocol/libraries/logic/LiquidationLogic'),
  EModeLogic: aave('protocol/libraries/logic/EModeLogic'),
  BridgeLogic: aave('protocol/libraries/logic/BridgeLogic'),
  ConfiguratorLogic: aave('protocol/libraries/logic/ConfiguratorLogic'),
  PoolLogic: aave('protocol/libraries/logic/PoolLogic'),
  FlashLoanLogic: aave('protocol/libraries/logic/FlashLoanLogic'),
  WETH9: aave('dependencies/weth/WETH9'),
  UniswapV3Factory: hardhat('uniswapCore', 'UniswapV3Factory'),
  UniswapV3Pool: hardhat('uniswapCore', 'UniswapV3Pool'),
  SwapRouter: hardhat('uniswapPeriphery', 'SwapRouter'),
  NonfungiblePositionManager: hardhat('uniswapPeriphery', 'NonfungiblePositionManager'),
  QuoterV2: hardhat('uniswapPeriphery', 'lens/QuoterV2'),
  FluxAggregator: { from: 'chainlink', file: 'FluxAggregator.json' },
  EACAggregatorProxy: { from: 'chainlink', file: 'EACAggregatorProxy.json' },
} as const satisfies Record<string, { readonly from: PinnedPackageKey; readonly file: string }>;

/** Contracts compiled here, and the event libraries whose ABI belongs to them. */
export const COMPILED = ['Morpho', 'IrmMock', 'FeedOracle'] as const;

export type ContractName = keyof typeof PRECOMPILED | (typeof COMPILED)[number];

/**
 * Compiler settings of Morpho Blue: those of its own foundry.toml (viaIR, 999,999 runs, paris), so that the bytecode
 * is the deployed one.
 */
export const MORPHO_SETTINGS = {
  optimizer: { enabled: true, runs: 999_999 },
  viaIR: true,
  evmVersion: 'paris',
  metadata: { bytecodeHash: 'none' },
} as const;

export const FEED_ORACLE_SETTINGS = { optimizer: { enabled: true, runs: 200 }, evmVersion: 'paris' } as const;

function hardhat<Key extends PinnedPackageKey>(
  from: Key,
  path: string,
): { readonly from: Key; readonly file: string } {
  return { from, file: `${path}.sol/${path.slice(path.lastIndexOf('/') + 1)}.json` };
}

function aave(path: string) {
  return hardhat('aave', path);
}
