import type { Markup, Piece } from '../markup/element.ts';
import type { Unit, Value } from '../table/unit.ts';

/** A column of a file. */
export interface DataColumn {
  readonly name: string;
  readonly unit?: Unit | undefined;
}

/** What a chart or a table shows, whole and unrounded. */
export interface DataTable {
  readonly columns: readonly DataColumn[];
  readonly rows: readonly (readonly Value[])[];
}

/** A drawing for a file, with what stands around it on the page. */
export interface Picture {
  /** Told above it where a file has several. */
  readonly title?: string;
  readonly words?: string;
  readonly svg: Markup;
  /** What fills stand for. */
  readonly key?: readonly { readonly name: string; readonly fill: string }[];
}

/** Where numbers are from: what a file is stamped with. */
export interface Origin {
  readonly block: number | undefined;
  /** Of the block. */
  readonly hash: string | undefined;
  readonly bookHash: string | undefined;
}

/** A chart or a table that can be kept as a file. */
export interface Exportable {
  /** Names it on the page and in the name of its file: `heatmap-loss`. */
  readonly id: string;
  readonly title: string;
  readonly data: () => DataTable;
  /** Several for charts side by side; of a table none, it is drawn from its data. */
  readonly pictures?: () => readonly Picture[];
  /** Known in the panel that holds it. */
  readonly origin?: Origin;
}

/** What of a piece of the page can be kept as files: beside the markup, which is drawn by those who know of no files too. */
const known = new WeakMap<Markup, readonly Exportable[]>();

/** The same piece of the page, known from now on as one that can be kept as files. */
export function exported(markup: Markup, ...exportables: readonly Exportable[]): Markup {
  known.set(markup, exportables);
  return markup;
}

/** All that can be kept as files within a piece of the page, in its order. */
export function exportablesIn(piece: Piece): readonly Exportable[] {
  if (piece === undefined || piece === false) return [];
  if (typeof piece === 'string' || typeof piece === 'number') return [];
  if (isList(piece)) return piece.flatMap(exportablesIn);
  return [...(known.get(piece) ?? []), ...piece.children.flatMap(exportablesIn)];
}

const isList = (piece: Markup | readonly Piece[]): piece is readonly Piece[] => Array.isArray(piece);
