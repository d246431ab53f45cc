import type { Ledger } from '@undertow/book';
import { FactsChangedError, readCheckpoint, type Store } from '@undertow/store';
import { foldLedger } from './fold-ledger.ts';
import { storeLedgers } from './store-ledgers.ts';

/** Times that the chain may go back while a ledger is made. */
const ATTEMPTS = 5;

/**
 * The ledger of a chain at a stored block, from the nearest saved one; undefined when the block is not stored, or no
 * longer. Changes nothing in the database.
 */
export async function ledgerAt(store: Store, chainId: number, block: number): Promise<Ledger | undefined> {
  const source = storeLedgers(store, chainId);
  for (let attempt = 1; ; attempt++) {
    const checkpoint = await readCheckpoint(store, chainId);
    if (checkpoint === undefined || checkpoint.block < block) return undefined;
    try {
      return (await foldLedger(source, { block, revision: checkpoint.revision })).ledger;
    } catch (error) {
      if (!(error instanceof FactsChangedError) || attempt === ATTEMPTS) throw error;
    }
  }
}
