import { readTokens, type CallReader, type ReferencePart } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX, type Address, type Fact, type TermsChanged, type Venue } from '@undertow/market';
import type { AaveV3Deployment } from './deployments.ts';
import { readMany } from './read-calls.ts';
import { readConfiguration } from './reserve-configuration.ts';

/** Part of the fact that completes the terms of a reserve, after those of the log that lists it. */
const COMPLETION_PART = 10;

/**
 * Completes reserves that a log listed: decimals and bit position as terms, and the token as a reference row. Both never
 * change while the reserve is listed; one that is listed no longer at `block` stays incomplete.
 */
export async function enrichReserves(
  deployment: AaveV3Deployment,
  facts: readonly Fact[],
  reader: CallReader,
  block: number,
): Promise<{ facts: readonly Fact[]; reference: ReferencePart }> {
  const listings = facts.filter((fact) => isListing(deployment, fact));
  const first = listings[0];
  if (first === undefined) return { facts: [], reference: {} };
  const { pool } = deployment;
  const data = await readMany(
    reader,
    block,
    'getReserveData',
    listings.map(({ market }) => [pool, market as Address] as const),
  );
  const completed = listings.flatMap((listing, i) => {
    const reserve = data[i];
    // Words are read as numbers by the ABI; an unlisted reserve has no tokens.
    if (reserve === undefined || BigInt(reserve.aTokenAddress) === 0n) return [];
    const { decimals } = readConfiguration(reserve.configuration);
    return [{ listing, decimals, reserveId: reserve.id }];
  });
  const tokens = completed.map(({ listing, decimals }) => ({ address: listing.market as Address, decimals }));
  return {
    facts: completed.map(({ listing, decimals, reserveId }): Fact => {
      return { ...listing, part: COMPLETION_PART, patch: { form: 'reserve', decimals, reserveId } };
    }),
    reference: {
      venues: [venueRow(deployment, first.chainId)],
      assets: await readTokens(reader, { chainId: first.chainId, block }, tokens),
    },
  };
}

/** Reference row of the deployment. */
export function venueRow(deployment: AaveV3Deployment, chainId: number): Venue {
  const { id, version, pool } = deployment;
  return { id, chainId, protocol: 'aave-v3', version, mechanism: 'pooled-lending', address: pool };
}

function isListing(deployment: AaveV3Deployment, fact: Fact): fact is TermsChanged {
  if (fact.kind !== 'TermsChanged' || fact.venue !== deployment.id || fact.logIndex === SNAPSHOT_LOG_INDEX)
    return false;
  return fact.patch.form === 'reserve' && fact.patch.collateralToken !== undefined;
}
