import { storeLedgers } from '@undertow/ledgers';
import {
  countIncidents,
  countLiquidations,
  listenHeads,
  openChunkQueue,
  openStore,
  readAnswersAt,
  readBlocks,
  readChangedAbove,
  readCheckpoint,
  readIncidents,
  readLiquidations,
  readSpreadBlocks,
  type ChunkQueueOptions,
} from '@undertow/store';
import type { FactSource } from './fact-source.ts';
import { seriesOf } from './series-source.ts';
import { advicesOf } from './advice/advice-source.ts';
import { reportsOf } from './reports/report-source.ts';
import { sweepsOf } from './sweeps/sweep-source.ts';

/** One chain of a database, and the way to close the connections to it. With `workers`, sweeps are offered to them. */
export async function openFactSource(
  databaseUrl: string,
  chainId: number,
  workers?: ChunkQueueOptions,
): Promise<FactSource & { close(): Promise<void> }> {
  const store = await openStore(databaseUrl);
  const queue = workers && (await openChunkQueue(databaseUrl, workers));
  return {
    ...storeLedgers(store, chainId, { drops: true }),
    chainId,
    series: seriesOf(store, chainId),
    sweeps: sweepsOf(store, chainId, queue),
    advice: advicesOf(store, chainId),
    reports: reportsOf(store, chainId),
    async stored() {
      const checkpoint = await readCheckpoint(store, chainId);
      // A checkpoint without a hash stands where the chain was reverted to: the indexer is about to move it.
      if (checkpoint?.hash === undefined || checkpoint.time === undefined) return undefined;
      const { block, hash, time, facts, revision, trusted, reason } = checkpoint;
      return { block, hash, time, facts, revision, trusted, reason };
    },
    changedAbove: (revision) => readChangedAbove(store, chainId, revision),
    async blockAtOrBelow(to) {
      const [found] = await readBlocks(store, chainId, { to, limit: 1 });
      return found && { block: found.number, hash: found.hash, time: found.time };
    },
    async blocksBetween(range) {
      const found = await readSpreadBlocks(store, chainId, range);
      return found.map(({ number, hash, time }) => ({ block: number, hash, time }));
    },
    liquidations: (wanted) => readLiquidations(store, { ...wanted, chainId }),
    countLiquidations: (wanted) => countLiquidations(store, { ...wanted, chainId }),
    answersAt: (wanted) => readAnswersAt(store, chainId, wanted),
    incidents: ({ most, ...wanted }) => readIncidents(store, most, { ...wanted, chainId }),
    countIncidents: (wanted) => countIncidents(store, { ...wanted, chainId }),
    async listen(onHead, { onError, onAlive }) {
      const listener = await listenHeads(
        databaseUrl,
        (notice) => {
          if (notice.chainId === chainId) onHead();
        },
        { onError, onAlive: (id) => id === chainId && onAlive() },
      );
      return () => listener.close();
    },
    async close() {
      await queue?.close();
      await store.close();
    },
  };
}
