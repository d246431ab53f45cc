import type { Book, Coverage } from '@undertow/book';
import type { AssetReproduction } from '@undertow/cascade';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';
import type { BookAtHead, Head } from './shown.ts';
import type { NamedRow, SweepAnswer } from './sweep-cache.ts';

/** What every sweep says beside its rows. */
interface Swept {
  readonly head: Head;
  readonly bookHash: string;
  readonly moves: readonly number[];
  readonly coverage: Coverage;
}

/** A heatmap as the schema has it. */
export interface HeatmapAnswer extends Swept {
  readonly rows: readonly (Omit<NamedRow, 'asset'> & { readonly asset: AssetAnswer | undefined })[];
}

/** Reproduction numbers as the schema has them. */
export interface ReproductionAnswer extends Swept {
  readonly lines: readonly {
    readonly asset: AssetAnswer;
    readonly points: readonly { readonly move: number; readonly reproduction: number | undefined }[];
  }[];
}

/** Writes a heatmap as the schema has it. */
export function heatmapAnswer(
  { book, head }: BookAtHead,
  { columns, rows }: SweepAnswer<NamedRow>,
): HeatmapAnswer {
  const find = assetFinder(book.assets);
  return {
    ...sweptOf(book, head),
    moves: columns,
    rows: rows.map((row) => ({ ...row, asset: row.asset && find(row.asset) })),
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
