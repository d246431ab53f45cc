import type { Book, Coverage } from '@undertow/book';
import {
  assetsAtRisk,
  heatmap,
  moveName,
  type AssetReproduction,
  type CellName,
  type HeatmapCell,
  type HeatmapRow,
} from '@undertow/cascade';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';
import type { BookAtHead, Head } from './shown.ts';

/** A row of the heatmap with the name that a person would write to move it. */
export type NamedRow = HeatmapRow & { readonly name: string };
/** The same before anything is moved. */
export type MovedRow = Omit<NamedRow, 'cells'>;

/** Computes cells of a heatmap, all of them in one sweep. */
export type CellsOf = (names: readonly CellName[]) => Promise<readonly HeatmapCell[]>;

/** What every sweep says beside its rows. */
interface Swept {
  readonly head: Head;
  readonly bookHash: string;
  readonly moves: readonly number[];
  readonly coverage: Coverage;
}

/** A heatmap as the schema has it. */
export interface HeatmapAnswer extends Swept {
  readonly rows: readonly (Omit<MovedRow, 'asset'> & {
    readonly asset: AssetAnswer | undefined;
    readonly cells: () => Promise<readonly HeatmapCell[]>;
  })[];
}

/** Reproduction numbers as the schema has them. */
export interface ReproductionAnswer extends Swept {
  readonly lines: readonly {
    readonly asset: AssetAnswer;
    readonly points: readonly { readonly move: number; readonly reproduction: number | undefined }[];
  }[];
}

/** What may be moved, each by its name: the rows of a heatmap, of which no cell is computed. */
export function movedRows(book: Book): readonly MovedRow[] {
  const names = assetsAtRisk(book);
  return heatmap(book, [], { rows: names }).map((row, i) => ({
    ...row,
    name: moveName(book, { ...names[i]!, move: 0 }),
  }));
}

/** All rows of a heatmap with their cells, one for each move. */
export async function heatmapRows(
  book: Book,
  moves: readonly number[],
  cellsOf: CellsOf,
): Promise<NamedRow[]> {
  const names = assetsAtRisk(book).flatMap((row) => moves.map((move): CellName => ({ ...row, move })));
  const cells = names.length === 0 ? [] : await cellsOf(names);
  return movedRows(book).map((row, i) => ({
    ...row,
    cells: cells.slice(i * moves.length, (i + 1) * moves.length),
  }));
}

/**
 * Writes a heatmap as the schema has it. Cells are computed when somebody asks for those of any row: which rows there are is known
 * before any cascade.
 */
export function heatmapAnswer(
  { book, head }: BookAtHead,
  moves: readonly number[],
  cellsOf: CellsOf,
): HeatmapAnswer {
  const find = assetFinder(book.assets);
  let computed: Promise<NamedRow[]> | undefined;
  return {
    ...sweptOf(book, head),
    moves,
    rows: movedRows(book).map((row, i) => ({
      ...row,
      asset: row.asset && find(row.asset),
      cells: async () => (await (computed ??= heatmapRows(book, moves, cellsOf)))[i]!.cells,
    })),
  };
}

/** Writes reproduction numbers as the schema has them: the engine counts drops, everybody else moves. */
export function reproductionAnswer(
  { book, head }: BookAtHead,
  drops: readonly number[],
  rows: readonly AssetReproduction[],
): ReproductionAnswer {
  const find = assetFinder(book.assets);
  return {
    ...sweptOf(book, head),
    moves: drops.map(moveOf),
    lines: rows.map(({ asset, points }) => ({
      asset: find(asset),
      points: points.map(({ drop, reproduction }) => ({ move: moveOf(drop), reproduction })),
    })),
  };
}

/** The drop that a fall is: a move of -0.2 is a drop of 0.2. */
export const dropOf = (move: number): number => Math.abs(move);

const moveOf = (drop: number) => (drop === 0 ? 0 : -drop);

const sweptOf = ({ hash, coverage }: Book, head: Head) => ({ bookHash: hash, coverage, head });
