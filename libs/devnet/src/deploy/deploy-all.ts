import type { DevnetPlan } from '../accounts/plan-accounts.ts';
import type { BaseContracts, DeployedAsset, DeployedPool } from '../scene.ts';
import { VENUES, type VenueKey } from '../venues/index.ts';
import type { VenueContracts } from '../venues/venue-contracts.ts';
import type { DevnetContracts } from '../venues/venue-scene.ts';
import { deployTokens, stockActors } from './deploy-tokens.ts';
import { installLiquidator } from '../liquidator/install-liquidator.ts';
import { createPool, deployUniswap } from './deploy-uniswap.ts';
import { LISTINGS, type AssetSymbol } from './listing.ts';
import type { Site } from './site.ts';

/**
 * Depth of an asset's pool on each side of the price, as a share of the asset's value that liquidations could bring to
 * market. Chosen so that a fall of 20 % cascades over several rounds and one of 35 % leaves bad debt, without the price
 * going to nothing.
 */
const DEPTH_PER_SALEABLE = 2;
const MIN_DEPTH_USD = 200_000;

/** Deploys tokens, feeds and Uniswap, stocks the actors, creates the pools; then the venues on top of them. */
export async function deployAll(
  site: Site,
  plan: DevnetPlan,
  venues: readonly VenueKey[],
): Promise<DevnetContracts> {
  const base = await deployBase(site, saleableUsd(plan));
  const deployed: Partial<VenueContracts> = {};
  for (const key of venues) Object.assign(deployed, { [key]: await deployVenue(key, { site, base, plan }) });
  return { ...base, venues: deployed as VenueContracts };
}

async function deployBase(site: Site, saleable: ReadonlyMap<AssetSymbol, number>): Promise<BaseContracts> {
  const tokens = await deployTokens(site);
  const uniswap = await deployUniswap(site);
  await installLiquidator(site);
  await stockActors(site, tokens, [uniswap.router, uniswap.positionManager]);
  const assets: Partial<Record<AssetSymbol, DeployedAsset>> = {};
  for (const { symbol, decimals, depthUsd = depthFor(saleable.get(symbol)) } of LISTINGS) {
    const { token, proxy, aggregator } = tokens[symbol];
    let pool: DeployedPool | undefined;
    if (depthUsd > 0) pool = await createPool(site, { tokens, uniswap }, { symbol, depthUsd });
    assets[symbol] = {
      ...{ symbol, decimals, token: token.address },
      ...{ feedProxy: proxy.address, feedAggregator: aggregator.address },
      ...(pool ? { pool } : {}),
    };
  }
  return { assets: assets as Record<AssetSymbol, DeployedAsset>, uniswap };
}

function depthFor(saleableUsd = 0): number {
  return Math.max(MIN_DEPTH_USD, DEPTH_PER_SALEABLE * saleableUsd);
}

interface Deploying {
  readonly site: Site;
  readonly base: BaseContracts;
  readonly plan: DevnetPlan;
}

function deployVenue<Key extends VenueKey>(
  key: Key,
  { site, base, plan }: Deploying,
): Promise<VenueContracts[Key]> {
  return VENUES[key].deploy(site, base, plan.venues[key]);
}

/** By asset: what liquidations of all planned accounts could bring to market, USD at the listed prices. */
function saleableUsd(plan: DevnetPlan): Map<AssetSymbol, number> {
  const total = new Map<AssetSymbol, number>();
  for (const key of Object.keys(plan.venues) as VenueKey[]) {
    for (const [symbol, valueUsd] of saleableAt(key, plan)) {
      total.set(symbol, (total.get(symbol) ?? 0) + valueUsd);
    }
  }
  return total;
}

function saleableAt<Key extends VenueKey>(key: Key, plan: DevnetPlan): [AssetSymbol, number][] {
  const venue = VENUES[key];
  return plan.venues[key].flatMap((planned) => [...venue.saleableUsd(planned.plan)]);
}
