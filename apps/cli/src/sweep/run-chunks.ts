import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Engine } from '@undertow/cascade';
import { runRange, type OpenedPlan, type SweepTable } from '@undertow/sweep';

/** How long a chunk is to take: shorter than anybody waits after Ctrl-C. */
const CHUNK_MS = 300;
const MOST_AT_ONCE = 4_096;

/** What is to be run. */
export interface ChunkRun {
  readonly engine: Engine;
  readonly opened: OpenedPlan;
  readonly table: SweepTable;
  readonly signal: AbortSignal;
  readonly told: (done: number, all: number) => void;
}

/** Runs what is missing of a sweep, chunk by chunk, until it is whole or somebody stops it; between chunks signals are heard. */
export async function runChunks({ engine, opened, table, signal, told }: ChunkRun): Promise<void> {
  let size = 1;
  while (!table.isComplete && !signal.aborted) {
    const [next] = table.missing(size);
    const started = performance.now();
    table.putChunk(runRange({ engine, opened, shape: table.shape }, next!));
    const tookMs = performance.now() - started;
    if (tookMs < CHUNK_MS / 2) size = Math.min(MOST_AT_ONCE, size * 2);
    if (tookMs > CHUNK_MS * 2) size = Math.max(1, Math.floor(size / 2));
    told(table.done, table.shape.count);
    await nextTurn();
  }
}
