import { encodeAbiParameters, parseAbiParameters, type Hex } from 'viem';
import type { ContractName } from '../../artifacts/sets/index.ts';
import { approve } from '../../deploy/deploy-tokens.ts';
import { FEED_DECIMALS } from '../../deploy/listing.ts';
import { deploy, perform, ZERO_ADDRESS, type Site, type Step } from '../../deploy/site.ts';
import type { Contract } from '../../evm/contract.ts';
import type { BaseContracts } from '../../scene.ts';
import type { AaveV36Contracts } from './contracts.ts';
import { CATEGORIES, RESERVES, type ReserveSymbol } from './reserves.ts';
import { deployStakedToken } from './staked-token.ts';

/** By the name that the protocol's bytecode knows them by. Those before can be linked into those after. */
const LIBRARIES = {
  SupplyLogic: 'Aave36SupplyLogic',
  BorrowLogic: 'Aave36BorrowLogic',
  LiquidationLogic: 'Aave36LiquidationLogic',
  FlashLoanLogic: 'Aave36FlashLoanLogic',
  PoolLogic: 'Aave36PoolLogic',
  ConfiguratorLogic: 'Aave36ConfiguratorLogic',
} as const satisfies Readonly<Record<string, ContractName>>;

/** Addresses of what is listed, and of what prices it. */
export type Tokens = Readonly<Record<ReserveSymbol, { readonly token: Hex; readonly feed: Hex }>>;

/** Deploys Aave v3.6 and lists every asset and the staked token. The order is that of the protocol's own scripts. */
export async function deployAaveV36(site: Site, { assets }: BaseContracts): Promise<AaveV36Contracts> {
  const { deployer } = site.actors;
  const staked = await deployStakedToken(site, assets);
  const cappedUsdc = await deploy(site, 'CappedStableFeed', [
    ...[assets.USDC.feedProxy, 'Capped USDC / USD', STABLE_CAP],
  ]);
  const tokens = tokensOf(assets, { staked, cappedUsdc: cappedUsdc.address });
  const libraries: Record<string, Hex> = {};
  for (const [library, name] of Object.entries(LIBRARIES))
    libraries[library] = (await deploy(site, name, [], libraries)).address;
  const provider = await deploy(site, 'Aave36AddressesProvider', ['Undertow devnet 3.6', deployer]);
  const set = (functionName: string, argument: string) =>
    perform(site, [{ contract: provider, functionName, args: [argument] }]);
  await set('setACLAdmin', deployer);
  const acl = await deploy(site, 'Aave36ACLManager', [provider.address]);
  await set('setACLManager', acl.address);
  await perform(site, [
    { contract: acl, functionName: 'addPoolAdmin', args: [deployer] },
    { contract: acl, functionName: 'addEmergencyAdmin', args: [deployer] },
  ]);
  const proxied = async (kind: 'Pool' | 'PoolConfigurator', args: readonly unknown[]): Promise<Contract> => {
    const implementation = await deploy(site, `Aave36${kind}`, args, libraries);
    await set(`set${kind}Impl`, implementation.address);
    const address = await site.chain.read<Hex>(provider, `get${kind}`);
    return { address: address.toLowerCase() as Hex, abi: implementation.abi };
  };
  const model = await deploy(site, 'Aave36RateStrategy', [provider.address]);
  const pool = await proxied('Pool', [provider.address, model.address]);
  const configurator = await proxied('PoolConfigurator', []);
  const dataProvider = await deploy(site, 'Aave36DataProvider', [provider.address]);
  await set('setPoolDataProvider', dataProvider.address);
  const oracle = await deployOracle(site, tokens, provider);
  await set('setPriceOracle', oracle.address);
  await listReserves(site, tokens, { pool, configurator });
  await perform(site, terms(tokens, configurator));
  const liquidationDataProvider = await deploy(site, 'Aave36LiquidationDataProvider', [
    ...[pool.address, provider.address],
  ]);
  await approve(site, {
    tokens: RESERVES.map(({ symbol }) => tokens[symbol].token),
    spenders: [pool.address],
  });
  return {
    addressesProvider: provider.address,
    pool: pool.address,
    poolConfigurator: configurator.address,
    oracle: oracle.address,
    dataProvider: dataProvider.address,
    liquidationDataProvider: liquidationDataProvider.address,
    staked,
    cappedUsdc: cappedUsdc.address,
  };
}

/** Four cents above a dollar, as on mainnet. */
const STABLE_CAP = 104_000_000n;

/** What is listed, with the feeds that every venue asks, and those of the staked token and the dollar, which are capped. */
export function tokensOf(
  assets: BaseContracts['assets'],
  { staked, cappedUsdc }: Pick<AaveV36Contracts, 'staked' | 'cappedUsdc'>,
): Tokens {
  const { WETH, WBTC, LINK, USDC } = assets;
  const entries = [WETH, WBTC, LINK].map(
    ({ symbol, token, feedProxy }) => [symbol, { token, feed: feedProxy }] as const,
  );
  return Object.fromEntries([
    ...entries,
    ['USDC', { token: USDC.token, feed: cappedUsdc }],
    ['stWETH', staked],
  ]) as Tokens;
}

function deployOracle(site: Site, tokens: Tokens, provider: Contract): Promise<Contract> {
  return deploy(site, 'Aave36Oracle', [
    provider.address,
    RESERVES.map(({ symbol }) => tokens[symbol].token),
    RESERVES.map(({ symbol }) => tokens[symbol].feed),
    ZERO_ADDRESS, // no fallback oracle
    ZERO_ADDRESS, // base currency USD
    10n ** BigInt(FEED_DECIMALS),
  ]);
}

const RATE_DATA = parseAbiParameters('uint16 optimal, uint32 base, uint32 slope1, uint32 slope2');

async function listReserves(
  site: Site,
  tokens: Tokens,
  { pool, configurator }: { readonly pool: Contract; readonly configurator: Contract },
): Promise<void> {
  const treasury = site.actors.deployer;
  const aToken = await deploy(site, 'Aave36AToken', [pool.address, ZERO_ADDRESS, treasury]);
  const debtToken = await deploy(site, 'Aave36VariableDebtToken', [pool.address, ZERO_ADDRESS]);
  const inputs = RESERVES.map(({ symbol }) => ({
    aTokenImpl: aToken.address,
    variableDebtTokenImpl: debtToken.address,
    underlyingAsset: tokens[symbol].token,
    aTokenName: `Aave Devnet 3.6 ${symbol}`,
    aTokenSymbol: `a36${symbol}`,
    variableDebtTokenName: `Aave Devnet 3.6 Variable Debt ${symbol}`,
    variableDebtTokenSymbol: `variableDebt36${symbol}`,
    params: '0x',
    // Basis points: optimal use, base rate and slopes, near those on mainnet.
    interestRateData: encodeAbiParameters(
      RATE_DATA,
      symbol === 'USDC' ? [9_200, 0, 500, 4_000] : [8_000, 0, 270, 8_000],
    ),
  }));
  const step = { contract: configurator, functionName: 'initReserves', args: [inputs], gas: 100_000_000n };
  await perform(site, [step]);
}

function terms(tokens: Tokens, configurator: Contract): Step[] {
  const steps: Step[] = [];
  const set = (functionName: string, ...args: unknown[]) =>
    steps.push({ contract: configurator, functionName, args });
  for (const reserve of RESERVES) {
    const asset = tokens[reserve.symbol].token;
    const { loanToValueBps, liquidationThresholdBps, liquidationBonusBps } = reserve;
    set('configureReserveAsCollateral', asset, loanToValueBps, liquidationThresholdBps, liquidationBonusBps);
    set('setReserveBorrowing', asset, reserve.isBorrowable);
    set('setReserveFactor', asset, reserve.reserveFactorBps);
    set('setLiquidationProtocolFee', asset, reserve.liquidationProtocolFeeBps);
  }
  for (const category of CATEGORIES) {
    const { id, loanToValueBps, liquidationThresholdBps, liquidationBonusBps, label } = category;
    set('setEModeCategory', id, loanToValueBps, liquidationThresholdBps, liquidationBonusBps, label);
    for (const symbol of category.collateral)
      set('setAssetCollateralInEMode', tokens[symbol].token, id, true);
    for (const symbol of category.borrowable)
      set('setAssetBorrowableInEMode', tokens[symbol].token, id, true);
  }
  return steps;
}
