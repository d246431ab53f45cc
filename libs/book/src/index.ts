export type * from './book.ts';
export { LEG_ROLES, roleCode, TIE_KINDS } from './book.ts';
export type * from './rows.ts';
export type * from './rule.ts';
export type * from './repay-and-seize-rule.ts';
export type { StabilityPoolRule } from './cdp/rule.ts';
export type { OptionRule } from './option/rule.ts';
export type { MarginRule } from './perpetual/rule.ts';
export type { BookExact, ExactSource } from './book-exact.ts';
export {
  constantFormula,
  feedFormula,
  formulaPriceUsd,
  type OracleFormula,
  type OracleTerm,
} from './oracle-formula.ts';
export {
  GAP_KINDS,
  GAP_UNITS,
  type Coverage,
  type CoverageGap,
  type GapKind,
  type GapUnit,
} from './coverage.ts';
export type * from './reading.ts';
export { mechanisms } from './mechanisms.ts';
export type { MechanismBook, MechanismWords } from './mechanism-book.ts';
export { compareText } from './compare-text.ts';
export { modelledDebtUsd } from './debt-by-venue.ts';
export { depthGaps } from './depth-gaps.ts';
export { isoDay } from './option/iso-day.ts';
export { isCalledDollar } from './prices/families.ts';
export { PAIR_RULE } from './isolated-pair/rule.ts';
export { moneyMarketRule } from './money-market/rule.ts';
export { pooledRule } from './pooled-lending/rule.ts';
export { cleanText, withAssetNames } from './asset-names.ts';
export { isConstantAsset, isConstantOracle } from './constant-oracle.ts';
export { findAsset, type FoundAsset } from './find-asset.ts';
export { findMarket, type FoundMarket } from './find-market.ts';
export { fundRow } from './fund-row.ts';
export { legOfRole, legsOf } from './leg-of-role.ts';
export { mergeSplitLegs } from './merge-split-legs.ts';
export { exactStanding, type ExactStanding } from './exact-standing.ts';
export { isDue } from './is-due.ts';
export { withAmount, loneAccount } from './lone-account.ts';
export { dueAccounts } from './due-accounts.ts';
export { restingPriceUsd } from './resting-price.ts';
export { ownPrices, type PriceState } from './price-state.ts';
export {
  bookValues,
  legPriceUsd,
  ownValues,
  readTable,
  roundingUsd,
  valueAccount,
  type AccountValue,
  type BookValues,
} from './value-account.ts';
export { valueAccounts, type AccountValues } from './value-accounts.ts';
export {
  readMargin,
  valueMargin,
  type Margin,
  type MarginPosition,
  type MarginValue,
} from './perpetual/margin.ts';
export { marginAccountOfBook } from './perpetual/due.ts';
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
export { FOLD_VERSION } from './fold-version.ts';
export { forkLedger } from './fork-ledger.ts';
export { withFormula } from './with-formula.ts';
export { foldedBy, isFoldedBy, LedgerOfParts, ledgerParts, type LedgerPart } from './ledger-parts.ts';
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
export type * from './terms/override.ts';
export { MARKET_TERMS, VENUE_TERMS } from './terms/override.ts';
export { overrideText, parseOverride } from './terms/parse-override.ts';
export { contentWithTerms, withTerms } from './terms/with-terms.ts';
export { withScaledLegs } from './terms/with-scaled-legs.ts';
export { checkBook } from './check/check-book.ts';
export { importBook, importBookPieces } from './file/import-book.ts';
export { bookBuffer, bookOfBuffer, sharedBookBuffer } from './file/book-buffer.ts';
export { bookJsonSchema } from './file/book-schema.ts';
export { bookChunks, exportBook, hashBook, type BookContent } from './file/canonical.ts';
export {
  accountSummary,
  accountTotals,
  totalsOfAccounts,
  type AccountSummary,
  type AccountTotals,
  type LegKind,
  type LegSummary,
} from './views/account-summary.ts';
export { assetHolders, type AssetHolder } from './views/asset-holders.ts';
export { dueAtMarket, type DisputedAccount, type DueAtMarket } from './views/due-at-market.ts';
export { marketPrices, standingMarkets, type StandingMarket } from './views/market-prices.ts';
export { oracleGaps, type OracleGap } from './views/oracle-gaps.ts';
export { costToMove, type CostToMove } from './views/cost-to-move.ts';
export { oraclePairs, type OraclePair } from './views/oracle-pairs.ts';
export { depthToMove, type DepthToMove } from './views/depth-to-move.ts';
export { exposures, type Exposure, type ExposureAsset, type Exposures } from './views/exposures.ts';
export {
  ownerAccounts,
  type ExactAccount,
  type ExplainedPrice,
  type OwnerAccount,
} from './views/owner-accounts.ts';
export { limitsBorrowing } from './terms/limits-borrowing.ts';
export { marketTerms, venueTerms, type MarketTerms, type TermValue } from './views/terms-in-force.ts';
export { venueSummaries, type FundSummary, type VenueSummary } from './views/venue-summaries.ts';
