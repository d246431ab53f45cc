import { hardhat, type ArtifactSet } from '../artifact-set.ts';
import { AAVE_V3_CORE } from '../pinned-packages.ts';

const aave = (path: string) => hardhat('aave', path);

/** Aave v3.0. */
export const AAVE_V3_SET = {
  id: 'aave-v3',
  title: 'Aave v3',
  packages: { aave: AAVE_V3_CORE },
  precompiled: {
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
  },
} as const satisfies ArtifactSet;
