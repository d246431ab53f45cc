import type { CallReader, Said, SnapshotPoint } from '@undertow/chain';
import type { AaveV3Deployment } from './deployments.ts';
import { tryReadMany } from './read-calls.ts';

/**
 * Pool revisions of each release. Source: `POOL_REVISION` of `Pool` (`@aave/core-v3` 1.19.3: 1) and of `PoolInstance`
 * (aave-v3-origin: 10 at tag v3.6.0; 9 is 3.4 and 3.5, 11 the 3.7 of 2026-03).
 */
const REVISIONS: Record<AaveV3Deployment['version'], bigint> = { '3.0': 1n, '3.6': 10n };

/**
 * Says as a coverage gap that the pool's code is not of the release whose maths is used: its roundings and rules may be
 * others. Nothing when it is, or when the pool does not tell.
 */
export async function revisionGap(
  { id, pool, version }: AaveV3Deployment,
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Said[]> {
  const [revision] = await tryReadMany(reader, at.block, 'POOL_REVISION', [[pool]]);
  const known = REVISIONS[version];
  if (revision === undefined || revision === known) return [];
  const reason =
    `the pool's code is revision ${revision}, the maths used is that of revision ${known} (release ${version}): ` +
    'amounts may be off by roundings, and rules that changed are not seen';
  return [{ kind: 'Quarantined', source: id, reason, topics: [], data: '0x' }];
}
