import type { PoolClient } from 'pg';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** Runs `work` in one transaction: all of it is stored, or none. `doing` completes "while …" in errors. */
export async function inTransaction<T>(
  store: Store,
  doing: string,
  work: (client: PoolClient) => Promise<T>,
  begin = 'BEGIN',
): Promise<T> {
  return explained(doing, async () => {
    const client = await store.pool.connect();
    // The failing query reports a broken connection; the event of the same break must not end the process.
    const unheard = () => undefined;
    client.on('error', unheard);
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.off('error', unheard);
      client.release(broken);
    }
  });
}
