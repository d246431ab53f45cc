import type { ArtifactSet } from '../artifact-set.ts';
import { AAVE_V3_ORIGIN, OPENZEPPELIN } from '../pinned-packages.ts';

/** Those of its own foundry.toml, so that the bytecode is the deployed one. */
const SETTINGS = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: 'shanghai',
  metadata: { bytecodeHash: 'none' },
} as const;

const aave = (under: string, files?: readonly string[]) =>
  ({ from: 'aave', under, as: `src/contracts/${under}/`, ...(files && { files }) }) as const;

/** Of OpenZeppelin only what is imported: the rest needs more of the package, or a newer EVM. */
const openzeppelin = (under: string, files: readonly string[]) =>
  ({ from: 'openzeppelin', under, as: `openzeppelin-contracts/contracts/${under}/`, files }) as const;

const OPENZEPPELIN_UTILS = openzeppelin('utils', [
  ...['Address.sol', 'Context.sol', 'Errors.sol', 'Multicall.sol', 'Panic.sol', 'Strings.sol'],
  ...['cryptography/ECDSA.sol', 'cryptography/MessageHashUtils.sol', 'introspection/IERC165.sol'],
  ...['math/Math.sol', 'math/SafeCast.sol', 'math/SignedMath.sol'],
]);

/** Aave v3.6, compiled from its sources, and the staked token that it lists. */
export const AAVE_V36_SET = {
  id: 'aave-v36',
  title: 'Aave v3.6',
  packages: { aave: AAVE_V3_ORIGIN, openzeppelin: OPENZEPPELIN },
  precompiled: {},
  compile: [
    {
      compiler: 'solc-0.8.27',
      sources: [
        ...[aave('protocol'), aave('interfaces'), aave('instances'), aave('misc'), aave('dependencies')],
        aave('helpers', [
          ...['AaveProtocolDataProvider.sol', 'LiquidationDataProvider.sol'],
          'interfaces/ILiquidationDataProvider.sol',
        ]),
        OPENZEPPELIN_UTILS,
      ],
      settings: SETTINGS,
      contracts: {
        Aave36Pool: 'PoolInstance',
        Aave36PoolConfigurator: 'PoolConfiguratorInstance',
        Aave36AToken: 'ATokenInstance',
        Aave36VariableDebtToken: 'VariableDebtTokenInstance',
        Aave36RateStrategy: 'DefaultReserveInterestRateStrategyV2',
        Aave36AddressesProvider: 'PoolAddressesProvider',
        Aave36ACLManager: 'ACLManager',
        Aave36Oracle: 'AaveOracle',
        Aave36DataProvider: 'AaveProtocolDataProvider',
        Aave36LiquidationDataProvider: 'LiquidationDataProvider',
        Aave36SupplyLogic: 'SupplyLogic',
        Aave36BorrowLogic: 'BorrowLogic',
        Aave36LiquidationLogic: 'LiquidationLogic',
        Aave36FlashLoanLogic: 'FlashLoanLogic',
        Aave36PoolLogic: 'PoolLogic',
        Aave36ConfiguratorLogic: 'ConfiguratorLogic',
      },
    },
    {
      compiler: 'solc-0.8.27',
      sources: [
        OPENZEPPELIN_UTILS,
        openzeppelin('interfaces', [
          ...['IERC1363.sol', 'IERC165.sol', 'IERC20.sol', 'IERC4626.sol', 'draft-IERC6093.sol'],
        ]),
        openzeppelin('token/ERC20', [
          ...['ERC20.sol', 'IERC20.sol', 'extensions/ERC4626.sol', 'extensions/IERC20Metadata.sol'],
          'utils/SafeERC20.sol',
        ]),
      ],
      ownSources: { 'StakedToken.sol': 'StakedToken.sol' },
      settings: SETTINGS,
      contracts: { StakedToken: 'StakedToken' },
    },
  ],
} as const satisfies ArtifactSet;
