import type { ReportBlock, ReportKind, ReportValue } from '../content.ts';

/** The inputs of a report that are exchanged, in this order. */
export const COMPARED_INPUTS = ['prices', 'depth', 'terms', 'accounts', 'question'] as const;
export type ComparedInput = (typeof COMPARED_INPUTS)[number];

/** What two reports say otherwise, and which input moved it: plain data, a function of both and of what was computed again. */
export interface Comparison {
  readonly kind: ReportKind;
  readonly before: ComparedReport;
  readonly after: ComparedReport;
  /** What went in otherwise, in whole sentences. */
  readonly inputs: readonly InputChange[];
  /** Figures that are not the same, in the order of the report; all others are. */
  readonly figures: readonly FigureChange[];
  /** Figures that are the same to the last bit. */
  readonly sameFigures: number;
  /** Tables with rows that are not the same. */
  readonly tables: readonly TableChange[];
  /** What a reader must know of this comparison, in whole sentences. */
  readonly notes: readonly string[];
}

export interface ComparedReport {
  readonly id: string;
  readonly subject: string;
  readonly blocks: readonly ReportBlock[];
  readonly engine: string;
  readonly software: string;
  readonly seed: number | null;
}

export interface InputChange {
  readonly input: ComparedInput | 'block' | 'software' | 'book';
  /** Null where nobody can tell: the books are not at hand. */
  readonly isSame: boolean | null;
  readonly words: string;
}

export interface FigureChange {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly before: ReportValue;
  readonly after: ReportValue;
  /** After − before; null where one of them is no number, or their units are not the same. */
  readonly difference: number | null;
  /** Which input moved it; null where nothing was computed again. */
  readonly moved: MovedBy | null;
}

/** Parts and interaction add up to the difference. */
export interface MovedBy {
  /** What each input does to the figure, as `notes` say: null where that cannot be computed. */
  readonly parts: readonly { readonly input: ComparedInput; readonly change: number | null }[];
  /** What the inputs do together beyond that; 0 where the parts are averages over all orders. */
  readonly interaction: number;
}

export interface TableChange {
  readonly name: string;
  readonly title: string;
  /** Columns by which rows are told apart. */
  readonly keys: readonly string[];
  readonly added: readonly RowChange[];
  readonly removed: readonly RowChange[];
  readonly moved: readonly RowChange[];
  readonly sameRows: number;
}

export interface RowChange {
  /** By name of the key columns. */
  readonly key: Readonly<Record<string, ReportValue>>;
  /** Cells that are not the same; of added and removed rows all that say something. */
  readonly cells: readonly CellChange[];
}

export interface CellChange {
  readonly column: string;
  readonly label: string;
  readonly unit: string;
  readonly before: ReportValue;
  readonly after: ReportValue;
  readonly difference: number | null;
}
