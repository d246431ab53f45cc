import type { Site } from '../deploy/site.ts';
import { VENUES, type VenueKey } from '../venues/index.ts';
import type { DevnetContracts } from '../venues/venue-scene.ts';
import type { DevnetPlan } from './plan-accounts.ts';

/** Opens the planned positions, venue after venue. */
export async function openAccounts(site: Site, contracts: DevnetContracts, plan: DevnetPlan): Promise<void> {
  await site.chain.fund(plan.owners);
  for (const key of Object.keys(contracts.venues) as VenueKey[]) await openAt(key, site, contracts, plan);
}

async function openAt<Key extends VenueKey>(
  key: Key,
  site: Site,
  contracts: DevnetContracts,
  plan: DevnetPlan,
): Promise<void> {
  await VENUES[key].open(site, contracts, plan.venues[key]);
}
