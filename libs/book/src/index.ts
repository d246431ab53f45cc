export type * from './book.ts';
export {
  GAP_KINDS,
  GAP_UNITS,
  type Coverage,
  type CoverageGap,
  type GapKind,
  type GapUnit,
} from './coverage.ts';
export type * from './reading.ts';
export { mechanisms, type MechanismBook } from './mechanisms.ts';
export { cleanText, withAssetNames } from './asset-names.ts';
export { isFixedAsset, whyNoShock } from './fixed-asset.ts';
export { findAsset, type FoundAsset } from './find-asset.ts';
export {
  legPriceUsd,
  ownValues,
  readTable,
  valueAccount,
  type AccountValue,
  type BookValues,
} from './value-account.ts';
export {
  addReference,
  copyLedger,
  emptyLedger,
  type Ledger,
  type LedgerAccount,
  type LedgerLeg,
  type LedgerMarket,
  type LedgerPoint,
  type LedgerPool,
  type LedgerPrice,
  type LedgerReference,
  type LedgerVenue,
  type LedgerPosition,
  type LedgerRatio,
  positionKey,
} from './ledger.ts';
export { applyFacts, compareKeys } from './apply-facts.ts';
export { ledgerDigest, ledgerLines } from './ledger-digest.ts';
export {
  pooledAccount,
  pooledVenue,
  readPooledAccount,
  type AccountReading,
  type PooledLeg,
  type PooledReading,
  type PooledVenue,
  type PricedReserve,
} from './pooled-lending/account.ts';
export {
  pairAccount,
  pairMarket,
  readPairAccount,
  type PairMarket,
  type PairReading,
} from './isolated-pair/account.ts';
export { toBook, type ToBookOptions } from './to-book.ts';
export { exportBook } from './export-book.ts';
export { importBook } from './import-book.ts';
export { isLiquidatableExact, type BookExact } from './exact.ts';
export {
  accountSummary,
  accountTotals,
  type AccountSummary,
  type AccountTotals,
  type LegKind,
  type LegSummary,
} from './views/account-summary.ts';
export { exposures, type Exposure, type ExposureAsset, type Exposures } from './views/exposures.ts';
export {
  ownerAccounts,
  type ExactAccount,
  type ExplainedPrice,
  type OwnerAccount,
} from './views/owner-accounts.ts';
export { venueSummaries, type FundSummary, type VenueSummary } from './views/venue-summaries.ts';
export { marginShape, type ExposureLegs, type MarginShape } from './perpetual/shape.ts';
export { marginAccountOfBook } from './perpetual/exact.ts';
