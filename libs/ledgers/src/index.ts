export { foldLedger, type FoldOptions } from './fold-ledger.ts';
export { ledgerAt } from './ledger-at.ts';
export type * from './ledger-source.ts';
export { retainFacts, type Retained } from './retain-facts.ts';
export { storeLedgers, type StoreLedgers, type StoreLedgersOptions } from './store-ledgers.ts';
