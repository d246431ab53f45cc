import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact, Reference } from '@undertow/market';
import { openStore, readBlocks, readCheckpoint, readFacts, readReference } from '@undertow/store';
import { RetryableError } from '@undertow/units';
import { storedCalls } from '../../apps/indexer/src/due-calls.ts';
import { followChain } from '../../apps/indexer/src/follow-chain.ts';
import type { WatchedNetwork } from '../../apps/indexer/src/indexer-config.ts';
import type { IndexerMessage } from '../../apps/indexer/src/indexer-message.ts';
import { openWatch } from '../../apps/indexer/src/watch.ts';

/** Everything that an index of a chain says. */
export interface Indexed {
  readonly block: number;
  readonly hash: string | undefined;
  readonly trusted: boolean;
  readonly count: number;
  readonly facts: readonly Fact[];
  readonly reference: Reference;
  /** Block from which on calls were made. */
  readonly callsFrom: number;
}

/** A new database on the server of another one, its name beginning with that one's. */
export async function addDatabase(connectionString: string): Promise<string> {
  const name = `${new URL(connectionString).pathname.slice(1)}_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}

export interface IndexJob {
  readonly network: WatchedNetwork;
  readonly rpcUrls: readonly string[];
  readonly databaseUrl: string;
}

/** Most failures in a row before a test calls it stuck. */
const PATIENCE = 100;

/** Follows the chain until the store is at its head, starting over after each failure as the indexer does. */
export async function indexToHead(
  job: IndexJob,
  tell: (message: IndexerMessage) => void = () => {},
): Promise<void> {
  for (let failures = 0; ; failures++) {
    const watch = await openWatch({ ...job, pollMs: 20 }, tell, { backoffMs: 2 });
    try {
      const follower = followChain(watch);
      while (await follower.round());
      return;
    } catch (error) {
      if (!(error instanceof RetryableError) || failures === PATIENCE) throw error;
    } finally {
      await watch.close();
    }
  }
}

/** What the database says of a chain. */
export async function readIndexed(databaseUrl: string, chainId: number): Promise<Indexed> {
  const store = await openStore(databaseUrl);
  try {
    const checkpoint = await readCheckpoint(store, chainId);
    const facts: Fact[] = [];
    for await (const batch of readFacts(store, chainId, { upTo: Number.MAX_SAFE_INTEGER }))
      facts.push(...batch);
    const [top] = await readBlocks(store, chainId, { limit: 1 });
    return {
      block: checkpoint?.block ?? -1,
      hash: top?.hash,
      trusted: checkpoint?.trusted ?? false,
      count: Number(checkpoint?.facts ?? 0n),
      facts,
      reference: await readReference(store, chainId),
      callsFrom: storedCalls(checkpoint)?.from ?? Infinity,
    };
  } finally {
    await store.close();
  }
}

/**
 * Two indexes of a chain that must say the same. A chain keeps few old states, so that who comes later begins to call later: what
 * calls say is the same from the first period on that both have called in (`callPeriod`).
 */
export function expectSame(one: Indexed, other: Indexed): void {
  const from = Math.ceil(Math.max(one.callsFrom, other.callsFrom) / 50) * 50;
  const comparable = ({ callsFrom: _, count: __, facts, ...indexed }: Indexed) => ({
    ...indexed,
    facts: facts.filter(({ block, logIndex }) => logIndex !== SNAPSHOT_LOG_INDEX || block >= from),
  });
  expect(comparable(one)).toEqual(comparable(other));
}

/** What an index of the chain as it is now says, made in a database of its own. */
export async function indexFromScratch(job: IndexJob): Promise<Indexed> {
  const databaseUrl = await addDatabase(job.databaseUrl);
  await indexToHead({ ...job, databaseUrl });
  return readIndexed(databaseUrl, job.network.chainId);
}
