import type { CallReader, SnapshotPoint } from '@undertow/chain';
import type { Address } from '@undertow/market';
import type { AaveV3Deployment } from './deployments.ts';
import { readMany, type ReadResult } from './read-calls.ts';

const NONE: Address = `0x${'0'.repeat(40)}`;

/** A reserve as read by calls. */
export interface SnapshotReserve {
  readonly asset: Address;
  readonly data: ReadResult<'getReserveData'>;
  /** Debt shares of all accounts. */
  readonly debtShares: bigint;
}

/** All reserves that are listed at the end of a block. Source: `Pool.getReservesList`, `Pool.getReserveData`. */
export async function readReserves(
  { pool }: AaveV3Deployment,
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly SnapshotReserve[]> {
  const [list = []] = await readMany(reader, at.block, 'getReservesList', [[pool]]);
  const listed = list.map(lower).filter((asset) => asset !== NONE);
  const data = await readMany(
    reader,
    at.block,
    'getReserveData',
    listed.map((asset) => [pool, asset] as const),
  );
  const debtShares = await readMany(
    reader,
    at.block,
    'scaledTotalSupply',
    data.map(({ variableDebtTokenAddress }) => [lower(variableDebtTokenAddress)] as const),
  );
  return listed.map((asset, i) => ({ asset, data: data[i]!, debtShares: debtShares[i]! }));
}

const lower = (address: string): Address => address.toLowerCase() as Address;
