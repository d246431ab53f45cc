import type { CallReader, Said, SnapshotPoint } from '@undertow/chain';
import type { AaveV3Deployment } from './deployments.ts';
import { readMany } from './read-calls.ts';
import type { SnapshotReserve } from './read-reserves.ts';

/** Debt written off that nobody has covered, by reserve. Source: `Pool.getReserveDeficit` (from 3.3 on). */
export async function readDeficits(
  { id: venue, pool, version }: AaveV3Deployment,
  reader: CallReader,
  at: SnapshotPoint,
  reserves: readonly SnapshotReserve[],
): Promise<readonly Said[]> {
  if (version === '3.0') return [];
  const targets = reserves.map(({ asset }) => [pool, asset] as const);
  const deficits = await readMany(reader, at.block, 'getReserveDeficit', targets);
  return reserves.flatMap(({ asset }, i): Said[] => {
    const amount = deficits[i] ?? 0n;
    return amount === 0n ? [] : [{ kind: 'FundMoved', venue, fund: 'deficit', asset, amountDelta: -amount }];
  });
}
