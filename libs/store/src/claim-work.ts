import pg from 'pg';
import type { ChainClaim } from './claim-chain.ts';
import { connectionOptions } from './connection-options.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** What one process does at a time. */
export type ClaimedWork = 'sweep' | 'report' | 'margin calls';

/** Claims doing a work by its id, as `claimChain` does writing a chain; undefined while another process has it. */
export async function claimWork(
  store: Store,
  what: ClaimedWork,
  id: string,
): Promise<ChainClaim | undefined> {
  return explained(`claiming a ${what}`, async () => {
    const client = new pg.Client({
      ...connectionOptions(store.connectionString),
      application_name: `undertow ${what} ${id.slice(0, 12)}`,
    });
    client.on('error', () => undefined);
    const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
    await client.connect();
    const { rows } = await client.query<{ claimed: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS claimed',
      [`undertow ${what} ${id}`],
    );
    if (rows[0]?.claimed === true) return { lost, release: () => client.end() };
    await client.end();
    return undefined;
  });
}
