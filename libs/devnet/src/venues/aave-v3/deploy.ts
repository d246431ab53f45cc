import type { Hex } from 'viem';
import { approve } from '../../deploy/deploy-tokens.ts';
import { FEED_DECIMALS, listingOf } from '../../deploy/listing.ts';
import { deploy, perform, ZERO_ADDRESS, type Site, type Step } from '../../deploy/site.ts';
import type { Contract } from '../../evm/contract.ts';
import type { BaseContracts } from '../../scene.ts';
import type { AaveV3Contracts } from './contracts.ts';
import { CATEGORY, RESERVES } from './reserves.ts';

type Assets = BaseContracts['assets'];

const LIBRARIES = [
  ...(['SupplyLogic', 'BorrowLogic', 'LiquidationLogic', 'EModeLogic', 'BridgeLogic'] as const),
  ...(['ConfiguratorLogic', 'PoolLogic', 'FlashLoanLogic'] as const),
];

/** Share of the liquidation bonus that the protocol keeps, as on mainnet. */
const LIQUIDATION_PROTOCOL_FEE_BPS = 1_000n;

/** Ceiling of the debt against the isolated collateral, in cents of USD: 100 million, and 10,000 per account. */
const DEBT_CEILING_CENTS = { base: 10n ** 10n, perAccount: 10n ** 6n };

/** Deploys Aave v3.0 and lists every asset. The order of the calls is that of the protocol's own deploy scripts. */
export async function deployAaveV3(
  site: Site,
  { assets }: BaseContracts,
  accounts: number,
): Promise<AaveV3Contracts> {
  const { deployer } = site.actors;
  const libraries: Record<string, Hex> = {};
  for (const name of LIBRARIES) libraries[name] = (await deploy(site, name, [], libraries)).address;
  const provider = await deploy(site, 'PoolAddressesProvider', ['Undertow devnet', deployer]);
  const set = (functionName: string, argument: string) =>
    perform(site, [{ contract: provider, functionName, args: [argument] }]);
  await set('setACLAdmin', deployer);
  const acl = await deploy(site, 'ACLManager', [provider.address]);
  await set('setACLManager', acl.address);
  await perform(site, [
    { contract: acl, functionName: 'addPoolAdmin', args: [deployer] },
    { contract: acl, functionName: 'addEmergencyAdmin', args: [deployer] },
  ]);
  const proxied = async (name: 'Pool' | 'PoolConfigurator', args: readonly Hex[]): Promise<Contract> => {
    const implementation = await deploy(site, name, args, libraries);
    await perform(site, [{ contract: implementation, functionName: 'initialize', args: [provider.address] }]);
    await set(`set${name}Impl`, implementation.address);
    const address = await site.chain.read<Hex>(provider, `get${name}`);
    return { address: address.toLowerCase() as Hex, abi: implementation.abi };
  };
  const pool = await proxied('Pool', [provider.address]);
  const configurator = await proxied('PoolConfigurator', []);
  const dataProvider = await deploy(site, 'AaveProtocolDataProvider', [provider.address]);
  await set('setPoolDataProvider', dataProvider.address);
  const oracle = await deployOracle(site, assets, provider);
  await set('setPriceOracle', oracle.address);
  await listReserves(site, assets, { provider, pool, configurator });
  await perform(site, terms(assets, configurator, accounts));
  const tokens = RESERVES.map(({ symbol }) => assets[symbol].token);
  await approve(site, { tokens, spenders: [pool.address] });
  return {
    addressesProvider: provider.address,
    pool: pool.address,
    poolConfigurator: configurator.address,
    oracle: oracle.address,
    dataProvider: dataProvider.address,
  };
}

function deployOracle(site: Site, assets: Assets, provider: Contract): Promise<Contract> {
  return deploy(site, 'AaveOracle', [
    provider.address,
    RESERVES.map(({ symbol }) => assets[symbol].token),
    RESERVES.map(({ symbol }) => assets[symbol].feedProxy),
    ZERO_ADDRESS, // no fallback oracle
    ZERO_ADDRESS, // base currency USD
    10n ** BigInt(FEED_DECIMALS),
  ]);
}

interface Core {
  readonly provider: Contract;
  readonly pool: Contract;
  readonly configurator: Contract;
}

async function listReserves(
  site: Site,
  assets: Assets,
  { provider, pool, configurator }: Core,
): Promise<void> {
  const aToken = await deploy(site, 'AToken', [pool.address]);
  const stableDebt = await deploy(site, 'StableDebtToken', [pool.address]);
  const variableDebt = await deploy(site, 'VariableDebtToken', [pool.address]);
  // Optimal use 80 % (volatile) and 90 % (stablecoin); slopes as on mainnet. Stable-rate borrowing stays off.
  const model = (optimal: number, slope1: number, slope2: number) =>
    deploy(site, 'DefaultReserveInterestRateStrategy', [
      ...[provider.address, ray(optimal), 0n, ray(slope1), ray(slope2)],
      ...[ray(slope1), ray(slope2), ray(0.01), ray(0.08), ray(0.2)],
    ]);
  const volatileModel = await model(0.8, 0.03, 0.8);
  const stablecoinModel = await model(0.9, 0.055, 0.6);
  const inputs = RESERVES.map(({ symbol }) => ({
    aTokenImpl: aToken.address,
    stableDebtTokenImpl: stableDebt.address,
    variableDebtTokenImpl: variableDebt.address,
    underlyingAssetDecimals: listingOf(symbol).decimals,
    interestRateStrategyAddress: (symbol === 'USDC' ? stablecoinModel : volatileModel).address,
    underlyingAsset: assets[symbol].token,
    treasury: site.actors.deployer,
    incentivesController: ZERO_ADDRESS,
    aTokenName: `Aave Devnet ${symbol}`,
    aTokenSymbol: `a${symbol}`,
    variableDebtTokenName: `Aave Devnet Variable Debt ${symbol}`,
    variableDebtTokenSymbol: `variableDebt${symbol}`,
    stableDebtTokenName: `Aave Devnet Stable Debt ${symbol}`,
    stableDebtTokenSymbol: `stableDebt${symbol}`,
    params: '0x10',
  }));
  const step = { contract: configurator, functionName: 'initReserves', args: [inputs], gas: 100_000_000n };
  await perform(site, [step]);
}

function terms(assets: Assets, configurator: Contract, accounts: number): Step[] {
  const steps: Step[] = [];
  const set = (functionName: string, ...args: unknown[]) =>
    steps.push({ contract: configurator, functionName, args });
  const { id, loanToValueBps, liquidationThresholdBps, liquidationBonusBps, label } = CATEGORY;
  for (const reserve of RESERVES) {
    const asset = assets[reserve.symbol].token;
    const collateralTerms = [
      reserve.loanToValueBps,
      reserve.liquidationThresholdBps,
      reserve.liquidationBonusBps,
    ];
    set('configureReserveAsCollateral', asset, ...collateralTerms);
    set('setReserveBorrowing', asset, !reserve.isolated);
    set('setReserveFactor', asset, reserve.reserveFactorBps);
    set('setLiquidationProtocolFee', asset, LIQUIDATION_PROTOCOL_FEE_BPS);
    set('setReserveFlashLoaning', asset, true);
    const ceiling = DEBT_CEILING_CENTS.base + DEBT_CEILING_CENTS.perAccount * BigInt(accounts);
    if (reserve.isolated) set('setDebtCeiling', asset, ceiling);
  }
  set('setBorrowableInIsolation', assets.USDC.token, true);
  const categoryTerms = [loanToValueBps, liquidationThresholdBps, liquidationBonusBps];
  set('setEModeCategory', id, ...categoryTerms, ZERO_ADDRESS, label);
  for (const { symbol, inCategory } of RESERVES) {
    if (inCategory) set('setAssetEModeCategory', assets[symbol].token, id);
  }
  return steps;
}

function ray(ratio: number): bigint {
  return BigInt(Math.round(ratio * 1e9)) * 10n ** 18n;
}
