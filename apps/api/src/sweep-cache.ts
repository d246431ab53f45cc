import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Book, Coverage } from '@undertow/book';
import { heatmap, type HeatmapCell, type HeatmapRow } from '@undertow/cascade';
import { BoundedCache } from './bounded-cache.ts';

export interface HeatmapAnswer {
  readonly bookHash: string;
  readonly drops: readonly number[];
  readonly rows: readonly HeatmapRow[];
  readonly coverage: Coverage;
}

const HEATMAPS_KEPT = 32;

/** Heatmaps by book and drops: the same question twice, also at the same time, is computed once. */
export class HeatmapCache {
  readonly #answers = new BoundedCache<Promise<HeatmapAnswer>>(HEATMAPS_KEPT);

  get(book: Book, drops: readonly number[]): Promise<HeatmapAnswer> {
    return this.#answers.get(`${book.hash} ${drops.join(' ')}`, () => heatmapInTurns(book, drops));
  }
}

/** Cell by cell, with a turn for other requests between two: a cell may take tens of milliseconds. */
async function heatmapInTurns(book: Book, drops: readonly number[]): Promise<HeatmapAnswer> {
  const rows: HeatmapRow[] = [];
  for (const row of heatmap(book, [])) {
    const cells: HeatmapCell[] = [];
    for (const drop of drops) {
      const [one] = heatmap(book, [drop], { assets: [row.asset] });
      cells.push(...one!.cells);
      await nextTurn();
    }
    rows.push({ ...row, cells });
  }
  return { bookHash: book.hash, drops, rows, coverage: book.coverage };
}
