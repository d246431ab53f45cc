import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError } from '@undertow/units';
import pg from 'pg';
import { connectionOptions } from './connection-options.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** The right to write a chain's facts, held by one process at a time. */
export interface ChainClaim {
  /** Resolves when the claim is gone: released, or its connection broke. Then stop writing, and claim again. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

export interface ClaimOptions {
  /** Time for another process to let go: the server may not have noticed yet that one was killed. Default 0. */
  readonly waitMs?: number;
}

/** Between two attempts while waiting. */
const RETRY_MS = 100;

/**
 * Claims a chain for writing, on a connection of its own, until released or until this process ends. While another
 * process holds it: a `ConfigError` that names that process.
 */
export async function claimChain(
  store: Store,
  chainId: number,
  { waitMs = 0 }: ClaimOptions = {},
): Promise<ChainClaim> {
  return explained(`claiming chain ${chainId}`, async () => {
    const client = new pg.Client({
      ...connectionOptions(store.connectionString),
      application_name: `undertow writer of chain ${chainId}`,
    });
    client.on('error', () => undefined);
    const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
    await client.connect();
    const until = performance.now() + waitMs;
    while (!(await tryLock(client, chainId))) {
      if (performance.now() < until) {
        await delay(RETRY_MS);
        continue;
      }
      const holder = await describeHolder(client, chainId);
      await client.end();
      throw new ConfigError(
        `Another indexer writes chain ${chainId} in this database${holder}. Stop that one, or give this one another ` +
          'database.',
      );
    }
    return { lost, release: () => client.end() };
  });
}

async function tryLock(client: pg.Client, chainId: number): Promise<boolean> {
  const { rows } = await client.query<{ claimed: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS claimed',
    [`undertow writer ${chainId}`],
  );
  return rows[0]?.claimed === true;
}

async function describeHolder(client: pg.Client, chainId: number): Promise<string> {
  const { rows } = await client.query<{ address: string | null; since: string }>(
    `SELECT host(client_addr) AS address, to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS "UTC"') AS since
     FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database() AND pid <> pg_backend_pid()
     ORDER BY backend_start LIMIT 1`,
    [`undertow writer of chain ${chainId}`],
  );
  return rows[0] ? ` (from ${rows[0].address ?? 'this machine'}, since ${rows[0].since})` : '';
}
