import type { Fact, FactKey } from '@undertow/market';

/** A value as PostgreSQL's text form; null = absent. */
export type Cell = string | null;

/** Where facts of one kind live, and how one becomes a row and comes back. The key's columns are common to all. */
export interface FactTable<F extends Fact> {
  readonly kind: F['kind'];
  readonly table: string;
  /** Columns beside the key, in the order of the cells. */
  readonly columns: readonly string[];
  /** Those of them that rows stored before they were added have not. Absent = none. */
  readonly addedLater?: readonly string[];
  toCells(fact: F): readonly Cell[];
  fromCells(key: FactKey, cells: readonly Cell[]): F;
}

/** The key's columns, in the order in which they are written. */
export const KEY_COLUMNS = ['time', 'chain_id', 'block', 'log_index', 'part'] as const;
