/**
 * Version of the fold: what `applyFacts` makes of facts, what a ledger holds, and what its parts look like. Raised whenever
 * one of them changes, so that nobody goes on from ledgers that other code saved (`fold-version.test.ts` notices).
 */
export const FOLD_VERSION = 2;
