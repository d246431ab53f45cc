/**
 * Version of the fold: what `applyFacts` makes of facts, and what a ledger holds. Raised whenever either changes, so that
 * ledgers which other code saved are not gone on from (`fold-version.test.ts` notices).
 */
export const FOLD_VERSION = 1;
