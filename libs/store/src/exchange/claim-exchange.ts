import pg from 'pg';
import { connectionOptions } from '../connection-options.ts';
import type { ChainClaim } from '../claim-chain.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/**
 * Claims an exchange for writing, as `claimChain` does a chain, on a connection of its own; undefined while another process has it:
 * then there is nothing to do, since prices of exchanges are of no chain.
 */
export async function claimExchange(store: Store, exchange: string): Promise<ChainClaim | undefined> {
  return explained(`claiming ${exchange}`, async () => {
    const client = new pg.Client({
      ...connectionOptions(store.connectionString),
      application_name: `undertow writer of ${exchange}`,
    });
    client.on('error', () => undefined);
    const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
    await client.connect();
    const { rows } = await client.query<{ claimed: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS claimed',
      [`undertow writer of exchange ${exchange}`],
    );
    if (rows[0]?.claimed === true) return { lost, release: () => client.end() };
    await client.end();
    return undefined;
  });
}
