import type { LogSource } from '@undertow/chain';
import { openOracle, ORACLE_ADAPTERS, type OracleDeployment } from '@undertow/oracles';
import { openVenue, VENUE_ADAPTERS, type VenueDeployment } from '@undertow/venues';
import { guardSource } from './guard-source.ts';

/** Anything that can be watched: a venue, a set of feeds, a set of pools. Plain JSON, told apart by `adapter`. */
export type Deployment = VenueDeployment | OracleDeployment;

/** What `adapter` may be. */
export const ADAPTERS: readonly Deployment['adapter'][] = [...VENUE_ADAPTERS, ...ORACLE_ADAPTERS];

/** The source of a deployment's facts. A log that its decoder fails on is quarantined (`guardSource`). */
export function openSource(deployment: Deployment): LogSource {
  return guardSource(isVenue(deployment) ? openVenue(deployment) : openOracle(deployment));
}

/** Whether a deployment has accounts, which a network that starts from a snapshot has to find first. */
export function hasAccounts(deployment: Deployment): boolean {
  return isVenue(deployment);
}

function isVenue(deployment: Deployment): deployment is VenueDeployment {
  return VENUE_ADAPTERS.some((adapter) => adapter === deployment.adapter);
}
