import type { Hex } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { ClientBase } from 'pg';
import type { Checkpoint } from './checkpoint.ts';

/** A chain's stored head moved. */
export interface HeadNotice {
  readonly chainId: number;
  readonly block: number;
  /** Absent after going back to a block whose hash was never stored. */
  readonly hash?: Hex;
  /** Unix seconds; absent when the hash is. */
  readonly time?: number;
  /** True when facts at or below a height that was already told have changed: read them again. */
  readonly reorg: boolean;
}

/** Name of the PostgreSQL channel. */
export const HEAD_CHANNEL = 'undertow_head';

/** Tells every listener, when the transaction commits and only then. */
export async function notifyHead(client: ClientBase, checkpoint: Checkpoint, reorg: boolean): Promise<void> {
  await client.query('SELECT pg_notify($1, $2)', [
    HEAD_CHANNEL,
    JSON.stringify(headNotice(checkpoint, reorg)),
  ]);
}

export function headNotice({ chainId, block, hash, time }: Checkpoint, reorg: boolean): HeadNotice {
  return {
    chainId,
    block,
    ...(hash === undefined ? {} : { hash }),
    ...(time === undefined ? {} : { time }),
    reorg,
  };
}

/** Reads a payload; anyone with access to the database may have sent it. */
export function parseHeadNotice(payload: string): HeadNotice {
  const notice = JSON.parse(payload) as Partial<HeadNotice>;
  if (
    typeof notice.chainId !== 'number' ||
    typeof notice.block !== 'number' ||
    typeof notice.reorg !== 'boolean'
  ) {
    throw new BadDataError(`${HEAD_CHANNEL} carries something else than a head: ${payload.slice(0, 200)}`);
  }
  return notice as HeadNotice;
}
