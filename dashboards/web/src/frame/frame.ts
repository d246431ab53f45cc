import type { Store } from './store.ts';

/** What sections may do beyond drawing: read and change the state, and the address. */
export interface Frame extends Store {
  /** Writes what is chosen into the address: as a new entry, to which Back returns, or over the present one. */
  readonly write: (entry: 'new' | 'same') => void;
  /** Leads to another page. Without a query, what is chosen is carried along. */
  readonly go: (address: string) => void;
}
