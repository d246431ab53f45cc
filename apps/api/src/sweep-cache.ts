import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Book } from '@undertow/book';
import {
  assetsAtRisk,
  heatmap,
  moveName,
  openReproduction,
  reproducingAssets,
  type AssetReproduction,
  type HeatmapCell,
  type HeatmapRow,
  type MovedName,
} from '@undertow/cascade';
import { BoundedCache } from './bounded-cache.ts';

/** What was computed for every row and column. */
export interface SweepAnswer<Row> {
  readonly columns: readonly number[];
  readonly rows: readonly Row[];
}

/** A row of the heatmap with the name that a person would write to move it. */
export type NamedRow = HeatmapRow & { readonly name: string };
/** The same before anything is moved. */
export type MovedRow = Omit<NamedRow, 'cells'>;

/** What may be moved, each by its name: the rows of a heatmap, of which no cell is computed. */
export function movedRows(book: Book): readonly MovedRow[] {
  const names = assetsAtRisk(book);
  return heatmap(book, [], { rows: names }).map((row, i) => ({
    ...row,
    name: moveName(book, { ...names[i]!, move: 0 }),
  }));
}

const SWEEPS_KEPT = 32;
/** Cells that heatmaps of other columns have in common: some twenty heatmaps of the default columns. */
const CELLS_KEPT = 2_000;

/** Sweeps over rows × columns, by book and columns: the same question twice, also at the same time, is computed once. */
export class SweepCache {
  readonly #heatmaps = new BoundedCache<Promise<SweepAnswer<NamedRow>>>(SWEEPS_KEPT);
  readonly #cells = new BoundedCache<Promise<HeatmapCell>>(CELLS_KEPT);
  readonly #reproductions = new BoundedCache<Promise<SweepAnswer<AssetReproduction>>>(SWEEPS_KEPT);

  heatmap(book: Book, moves: readonly number[]): Promise<SweepAnswer<NamedRow>> {
    return this.#heatmaps.get(keyOf(book, moves), () =>
      inTurns(moves, {
        names: assetsAtRisk(book),
        rowOf: async (moved: MovedName) => {
          const name = moveName(book, { ...moved, move: 0 });
          const cells = await each(moves, (move) =>
            this.#cells.get(`${book.hash} ${name} ${move}`, async () => {
              await nextTurn();
              return heatmap(book, [move], { rows: [moved] })[0]!.cells[0]!;
            }),
          );
          const [row] = heatmap(book, [], { rows: [moved] });
          return { ...row!, name, cells };
        },
      }),
    );
  }

  reproduction(book: Book, drops: readonly number[]): Promise<SweepAnswer<AssetReproduction>> {
    return this.#reproductions.get(keyOf(book, drops), () => {
      const pointAt = openReproduction(book);
      return inTurns(drops, {
        names: reproducingAssets(book),
        rowOf: async (asset) => {
          const { symbol } = book.assets.find(({ address }) => address === asset)!;
          const points = await each(drops, async (drop) => {
            await nextTurn();
            return pointAt(asset, drop);
          });
          return { asset, symbol, points };
        },
      });
    });
  }
}

const keyOf = (book: Book, columns: readonly number[]) => `${book.hash} ${columns.join(' ')}`;

async function inTurns<Name, Row>(
  columns: readonly number[],
  { names, rowOf }: { readonly names: readonly Name[]; readonly rowOf: (name: Name) => Promise<Row> },
): Promise<SweepAnswer<Row>> {
  const rows: Row[] = [];
  for (const name of names) rows.push(await rowOf(name));
  return { columns, rows };
}

/**
 * Column by column. What computes one gives other requests a turn before it (`nextTurn`): one may take tens of milliseconds.
 */
async function each<Point>(
  columns: readonly number[],
  compute: (column: number) => Promise<Point>,
): Promise<Point[]> {
  const points: Point[] = [];
  for (const column of columns) points.push(await compute(column));
  return points;
}
