import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Book, Coverage } from '@undertow/book';
import {
  assetsAtRisk,
  heatmap,
  reproduction,
  type AssetReproduction,
  type HeatmapRow,
} from '@undertow/cascade';
import { BoundedCache } from './bounded-cache.ts';

/** What was computed for every asset and drop. */
export interface SweepAnswer<Row> {
  readonly bookHash: string;
  readonly drops: readonly number[];
  readonly rows: readonly Row[];
  readonly coverage: Coverage;
}

const SWEEPS_KEPT = 32;

/** Sweeps over assets × drops, by book and drops: the same question twice, also at the same time, is computed once. */
export class SweepCache {
  readonly #heatmaps = new BoundedCache<Promise<SweepAnswer<HeatmapRow>>>(SWEEPS_KEPT);
  readonly #reproductions = new BoundedCache<Promise<SweepAnswer<AssetReproduction>>>(SWEEPS_KEPT);

  heatmap(book: Book, drops: readonly number[]): Promise<SweepAnswer<HeatmapRow>> {
    return this.#heatmaps.get(keyOf(book, drops), () =>
      inTurns(book, drops, async (asset) => {
        const cells = await each(drops, (drop) => heatmap(book, [drop], { assets: [asset] })[0]!.cells);
        return { ...heatmap(book, [], { assets: [asset] })[0]!, cells };
      }),
    );
  }

  reproduction(book: Book, drops: readonly number[]): Promise<SweepAnswer<AssetReproduction>> {
    return this.#reproductions.get(keyOf(book, drops), () =>
      inTurns(book, drops, async (asset) => {
        const points = await each(
          drops,
          (drop) => reproduction(book, { drops: [drop], assets: [asset] })[0]!.points,
        );
        return { ...reproduction(book, { drops: [], assets: [asset] })[0]!, points };
      }),
    );
  }
}

const keyOf = (book: Book, drops: readonly number[]) => `${book.hash} ${drops.join(' ')}`;

async function inTurns<Row>(
  book: Book,
  drops: readonly number[],
  rowOf: (asset: string) => Promise<Row>,
): Promise<SweepAnswer<Row>> {
  const rows: Row[] = [];
  for (const asset of assetsAtRisk(book)) rows.push(await rowOf(asset));
  return { bookHash: book.hash, drops, rows, coverage: book.coverage };
}

/** Drop by drop, with a turn for other requests between two: one may take tens of milliseconds. */
async function each<Point>(
  drops: readonly number[],
  compute: (drop: number) => readonly Point[],
): Promise<Point[]> {
  const points: Point[] = [];
  for (const drop of drops) {
    points.push(...compute(drop));
    await nextTurn();
  }
  return points;
}
