import type { Hex } from 'viem';
import { approve } from '../../deploy/deploy-tokens.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import { deploy, MAX_UINT256, perform, type Site, type Step } from '../../deploy/site.ts';
import type { Contract } from '../../evm/contract.ts';
import type { BaseContracts } from '../../scene.ts';
import type { VenusCoreContracts } from './contracts.ts';
import { CLOSE_FACTOR, LIQUIDATION_INCENTIVE, LISTED, MARKETS, wad } from './markets.ts';

/** The oracle calls older answers no price. The local chain posts when prices move, and lets months pass. */
const MAX_STALE_SECONDS = 10n * 365n * 86_400n;

/** Decimals of every market's token. */
const TOKEN_DECIMALS = 8;

/** Functions of the comptroller that its access control guards. */
const GUARDED = [
  '_setCollateralFactor(address,uint256)',
  '_setLiquidationIncentive(uint256)',
  '_supportMarket(address)',
  '_setMarketSupplyCaps(address[],uint256[])',
];

/** Deploys the core pool and lists every asset, in the order of the protocol's own deploy scripts. */
export async function deployVenusCore(site: Site, { assets }: BaseContracts): Promise<VenusCoreContracts> {
  const { artifacts } = site;
  const unitroller = await deploy(site, 'VenusUnitroller');
  const implementation = await deploy(site, 'VenusComptroller');
  const comptroller: Contract = { address: unitroller.address, abi: artifacts.VenusComptroller.abi };
  const lens = await deploy(site, 'VenusComptrollerLens');
  const access = await deploy(site, 'VenusAccessControl');
  const oracle = await deploy(site, 'VenusOracle', [MAX_STALE_SECONDS]);
  const { deployer } = site.actors;
  const on = (contract: Contract, functionName: string, ...args: readonly unknown[]): Step => ({
    ...{ contract, functionName, args },
  });
  await perform(site, [
    on(unitroller, '_setPendingImplementation', implementation.address),
    on(implementation, '_become', unitroller.address),
    on(comptroller, '_setAccessControl', access.address),
    on(comptroller, '_setComptrollerLens', lens.address),
    ...GUARDED.map((signature) => on(access, 'giveCallPermission', comptroller.address, signature, deployer)),
    ...LISTED.map((symbol) => on(oracle, 'setFeed', symbol, assets[symbol].feedProxy)),
    on(comptroller, '_setPriceOracle', oracle.address),
    on(comptroller, '_setCloseFactor', wad(CLOSE_FACTOR)),
    on(comptroller, '_setLiquidationIncentive', wad(LIQUIDATION_INCENTIVE)),
  ]);
  const markets = await listMarkets(site, assets, comptroller);
  for (const { symbol } of MARKETS)
    await approve(site, { tokens: [assets[symbol].token], spenders: [markets[symbol]] });
  return {
    ...{ comptroller: comptroller.address, oracle: oracle.address, accessControl: access.address },
    markets,
  };
}

async function listMarkets(
  site: Site,
  assets: BaseContracts['assets'],
  comptroller: Contract,
): Promise<Record<AssetSymbol, Hex>> {
  const implementation = await deploy(site, 'VenusToken');
  // Per year: base, slope up to the kink, slope above it; and the kink. As Venus's own models are shaped.
  const model = (slope: number, kink: number) =>
    deploy(site, 'VenusRateModel', [wad(0.005), wad(slope), wad(2.5), wad(kink)]);
  const [volatile, stablecoin] = [await model(0.09, 0.75), await model(0.12, 0.8)];
  const markets: Partial<Record<AssetSymbol, Hex>> = {};
  for (const { symbol, collateralFactor, reserveFactor } of MARKETS) {
    const { token, decimals } = assets[symbol];
    const { address } = await deploy(site, 'VenusTokenProxy', [
      ...[token, comptroller.address, (symbol === 'USDC' ? stablecoin : volatile).address],
      // One unit of the asset is 50 of the market's token at the start.
      2n * 10n ** BigInt(16 + decimals - TOKEN_DECIMALS),
      ...[`Venus ${symbol}`, `v${symbol}`, TOKEN_DECIMALS],
      ...[site.actors.deployer, implementation.address, '0x'],
    ]);
    const market: Contract = { address, abi: site.artifacts.VenusToken.abi };
    const factor = wad(collateralFactor);
    await perform(site, [
      { contract: comptroller, functionName: '_supportMarket', args: [address] },
      { contract: market, functionName: '_setReserveFactor', args: [wad(reserveFactor)] },
      { contract: comptroller, functionName: '_setMarketSupplyCaps', args: [[address], [MAX_UINT256]] },
      { contract: comptroller, functionName: '_setCollateralFactor', args: [address, factor] },
    ]);
    markets[symbol] = address;
  }
  return markets as Record<AssetSymbol, Hex>;
}
