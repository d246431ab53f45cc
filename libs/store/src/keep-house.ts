import type { Store } from './open-store.ts';
import { pruneBlocks } from './prune-blocks.ts';
import { rollUp } from './series/roll-up.ts';
import { sumUpMeasures } from './series/sum-up-measures.ts';
import { compressOld } from './timescale/compress-old.ts';
import { fitChunks } from './timescale/fit-chunks.ts';

/** What was done. */
export interface HouseKept {
  /** Days whose aggregates became kept. */
  readonly days: number;
  /** Chunks that were compressed. */
  readonly chunks: number;
  /** Blocks that were dropped. */
  readonly blocks: number;
  /** Hours of measures that were summed up. */
  readonly hours: number;
}

/**
 * All that a database needs from time to time: aggregates are brought up to a day before the head, old chunks compressed,
 * new ones made as long as their volume asks for, old blocks dropped and old measures summed up. May run at any time, beside readers and writers, and be stopped at any point.
 */
export async function keepHouse(store: Store, chainId: number, finalityDepth: number): Promise<HouseKept> {
  const days = await rollUp(store, chainId);
  await fitChunks(store);
  const blocks = await pruneBlocks(store, chainId, finalityDepth);
  const hours = await sumUpMeasures(store, chainId);
  return { days, blocks, hours, chunks: await compressOld(store) };
}
