import { applyFacts, emptyLedger } from '@undertow/book';
import { openStore, readCheckpoint, readFacts, readReference } from '@undertow/store';
import { row, type Section } from './section.ts';

/** How long ledgers take to make. */
export const ledgerSection: Section = async (place) => {
  const { chainId } = place.made.history;
  const store = await openStore(place.databaseUrl);
  try {
    const { block } = (await readCheckpoint(store, chainId))!;
    const ledger = emptyLedger(await readReference(store, chainId));
    const started = performance.now();
    let facts = 0;
    for await (const some of readFacts(store, chainId, { upTo: block })) {
      applyFacts(ledger, some);
      facts += some.length;
    }
    const seconds = (performance.now() - started) / 1000;
    return [row(place, 'fold from the first fact', 'facts/s', facts / seconds, '–')];
  } finally {
    await store.close();
  }
};
