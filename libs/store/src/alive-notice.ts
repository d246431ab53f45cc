import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** Name of the PostgreSQL channel. */
export const ALIVE_CHANNEL = 'undertow_alive';

/** Tells every listener (`listenHeads`) that whoever writes a chain has just looked at it, whether or not it moved. */
export async function notifyAlive(store: Store, chainId: number): Promise<void> {
  await explained('telling that the chain is followed', () =>
    store.pool.query('SELECT pg_notify($1, $2)', [ALIVE_CHANNEL, String(chainId)]),
  );
}
