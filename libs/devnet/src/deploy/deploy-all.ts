import type { Contract } from '../evm/contract.ts';
import type { DeployedAsset, DeployedPool, DevnetContracts } from '../devnet.ts';
import type { PlannedAccount } from '../accounts/plan-accounts.ts';
import { deployAave } from './deploy-aave.ts';
import { deployMorpho } from './deploy-morpho.ts';
import { deployTokens, stockActors } from './deploy-tokens.ts';
import { createPool, deployUniswap } from './deploy-uniswap.ts';
import { LISTINGS, listingOf, MORPHO_MARKETS, type AssetSymbol } from './listing.ts';
import type { Site } from './site.ts';

/**
 * Depth of an asset's pool on each side of the price, as a share of the asset's value held as collateral. Chosen so
 * that a fall of 20 % cascades over several rounds and one of 35 % leaves bad debt, without the price going to nothing.
 */
const DEPTH_PER_COLLATERAL = 2;
const MIN_DEPTH_USD = 200_000;

/** Deploys tokens, feeds, Aave, Morpho and Uniswap, stocks the actors and creates the pools. */
export async function deployAll(site: Site, plan: readonly PlannedAccount[]): Promise<DevnetContracts> {
  await site.chain.fund(Object.values(site.actors));
  const tokens = await deployTokens(site);
  const aave = await deployAave(site, tokens, plan.length);
  const morpho = await deployMorpho(site, tokens);
  const uniswap = await deployUniswap(site);
  await stockActors(site, tokens, [aave.pool, morpho.morpho, uniswap.router, uniswap.positionManager]);
  const assets: Partial<Record<AssetSymbol, DeployedAsset>> = {};
  for (const { symbol, decimals } of LISTINGS) {
    const { token, proxy, aggregator }: Record<'token' | 'proxy' | 'aggregator', Contract> = tokens[symbol];
    let pool: DeployedPool | undefined;
    if (symbol !== 'USDC') {
      const depthUsd = Math.max(MIN_DEPTH_USD, DEPTH_PER_COLLATERAL * collateralUsd(plan, symbol));
      pool = await createPool(site, { tokens, uniswap }, { symbol, depthUsd });
    }
    assets[symbol] = {
      ...{ symbol, decimals, token: token.address },
      ...{ feedProxy: proxy.address, feedAggregator: aggregator.address },
      ...(pool ? { pool } : {}),
    };
  }
  return { assets: assets as Record<AssetSymbol, DeployedAsset>, aave, morpho, uniswap };
}

/** Value of an asset that the planned accounts hold as collateral, USD at the listed price. */
function collateralUsd(plan: readonly PlannedAccount[], symbol: AssetSymbol): number {
  let amount = 0n;
  for (const { aave, morpho } of plan) {
    for (const leg of aave?.collateral ?? []) if (leg.symbol === symbol && leg.enabled) amount += leg.amount;
    for (const pair of morpho)
      if (MORPHO_MARKETS[pair.market]?.collateral === symbol) amount += pair.collateral;
  }
  const { decimals, priceUsd } = listingOf(symbol);
  return (Number(amount) / 10 ** decimals) * priceUsd;
}
