import { factsOfCalls } from '@undertow/chain';
import type { CallReader, ReferencePart, Said, SnapshotPoint } from '@undertow/chain';
import type { Address, Fact, Venue } from '@undertow/market';
import type { NewVenueDeployment } from './deployments.ts';

/** The venue's own row. */
export function newVenueRow({ id, version, address }: NewVenueDeployment, chainId: number): Venue {
  return { id, chainId, protocol: 'new-venue', version, mechanism: 'pooled-lending', address };
}

/**
 * The state of a deployment at the end of a block by calls, as facts from nothing with `SNAPSHOT_LOG_INDEX`. Its value is
 * that it must equal the fold of the logs, which the test in `test/devnet` says of every account.
 */
export async function snapshotNewVenue(
  deployment: NewVenueDeployment,
  _reader: CallReader,
  at: SnapshotPoint,
  _owners: readonly Address[],
): Promise<{ facts: readonly Fact[]; reference: ReferencePart }> {
  const reference = { venues: [newVenueRow(deployment, at.chainId)] };
  return { facts: factsOfCalls(at, [notModelled(deployment)]), reference };
}

/** Says that nothing of the venue is read yet. Goes when the first event is understood. */
export function notModelled({ id }: NewVenueDeployment): Said {
  const reason = 'not modelled yet: none of its accounts is in the book';
  return { kind: 'Quarantined', source: id, reason, topics: [], data: '0x' };
}
