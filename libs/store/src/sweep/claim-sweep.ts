import pg from 'pg';
import type { ChainClaim } from '../claim-chain.ts';
import { connectionOptions } from '../connection-options.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** Claims running a sweep, as `claimChain` does writing a chain; undefined while another process has it. */
export async function claimSweep(store: Store, id: string): Promise<ChainClaim | undefined> {
  return explained('claiming a sweep', async () => {
    const client = new pg.Client({
      ...connectionOptions(store.connectionString),
      application_name: `undertow sweep ${id.slice(0, 12)}`,
    });
    client.on('error', () => undefined);
    const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
    await client.connect();
    const { rows } = await client.query<{ claimed: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS claimed',
      [`undertow sweep ${id}`],
    );
    if (rows[0]?.claimed === true) return { lost, release: () => client.end() };
    await client.end();
    return undefined;
  });
}
