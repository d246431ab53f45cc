import type { Book, Coverage } from '@undertow/book';
import type { AssetReproduction, HeatmapCell } from '@undertow/cascade';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';
import type { BookAtHead, Head } from './shown.ts';
import { movedRows, type MovedRow, type SweepAnswer, type SweepCache } from './sweep-cache.ts';

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

/**
 * Writes a heatmap as the schema has it. Cells are computed when somebody asks for them: which rows there are is known before any
 * cascade.
 */
export function heatmapAnswer(
  { book, head }: BookAtHead,
  moves: readonly number[],
  sweeps: SweepCache,
): HeatmapAnswer {
  const find = assetFinder(book.assets);
  return {
    ...sweptOf(book, head),
    moves,
    rows: movedRows(book).map((row, i) => ({
      ...row,
      asset: row.asset && find(row.asset),
      cells: async () => (await sweeps.heatmap(book, moves)).rows[i]!.cells,
    })),
  };
}

/** Writes reproduction numbers as the schema has them: the engine counts drops, everybody else moves. */
export function reproductionAnswer(
  { book, head }: BookAtHead,
  { columns, rows }: SweepAnswer<AssetReproduction>,
): ReproductionAnswer {
  const find = assetFinder(book.assets);
  return {
    ...sweptOf(book, head),
    moves: columns.map(moveOf),
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
