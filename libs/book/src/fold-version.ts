/**
 * Version of the fold: what `applyFacts` makes of facts, what a ledger holds, and its parts. Raised whenever one of them changes, so that
 * ledgers which other code saved are not gone on from (`fold-version.test.ts` notices).
 */
export const FOLD_VERSION = 1;
