import type { FactKind } from '@undertow/market';
import { FACT_TABLES } from '../facts/fact-tables.ts';

/**
 * Kinds that are never dropped by age. They are few: the indexer learns from all terms which contracts it watches, and past
 * liquidations and what could not be read are asked for by people.
 */
const ALWAYS_KEPT: readonly FactKind[] = ['TermsChanged', 'Liquidated', 'Quarantined'];

/** Tables whose facts are dropped by age. */
export const DROPPED_TABLES = FACT_TABLES.filter(({ kind }) => !ALWAYS_KEPT.includes(kind));

/** Whether facts of some kinds, all when undefined, may have been dropped. */
export const mayBeDropped = (kinds: readonly FactKind[] | undefined): boolean =>
  kinds === undefined || kinds.some((kind) => !ALWAYS_KEPT.includes(kind));
