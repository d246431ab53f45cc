import type { Sorting } from './order.ts';
import type { Window } from './window.ts';

/** How somebody looks at a table: it stays while the rows are replaced by newer ones. */
export interface TableView extends Window {
  /** Undefined: as the rows come. */
  readonly sorting?: Sorting | undefined;
}

/** By the id of each table that somebody has sorted or scrolled. */
export type TableViews = Readonly<Record<string, TableView>>;

export const AS_IT_COMES: TableView = { first: 0 };
