export { notifyAlive } from './alive-notice.ts';
export { startEmbeddedPostgres, findEmbeddedPostgres } from './embedded/start-embedded-postgres.ts';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded/start-embedded-postgres.ts';
export { makeFolder } from './embedded/make-folder.ts';
export { openStore } from './open-store.ts';
export type { Store } from './open-store.ts';
export { migrate } from './migrate.ts';
export type { MigrateResult } from './migrate.ts';
export type { Flavour } from './migration-files.ts';
export { writeFacts } from './write-facts.ts';
export type { FactRange, WriteResult } from './write-facts.ts';
export { revertTo } from './revert-to.ts';
export type { RevertResult } from './revert-to.ts';
export { readFacts } from './read-facts.ts';
export type { FactsWanted } from './read-facts.ts';
export { FactsChangedError } from './facts-changed-error.ts';
export { FactsDroppedError } from './retention/facts-dropped-error.ts';
export {
  findRetirement,
  retireFacts,
  type RetentionWanted,
  type Retirement,
} from './retention/retire-facts.ts';
export { oldestFact } from './retention/oldest-fact.ts';
export { dropRetired } from './retention/drop-retired.ts';
export { readChangedAbove } from './rewrite.ts';
export { dropSavedLedger, readLedgerParts, readSavedLedgers, saveLedger } from './saved-ledger.ts';
export type { LedgerToSave, SavedLedger } from './saved-ledger.ts';
export { readReference } from './reference.ts';
export { readAnswersAt } from './answers-at.ts';
export type { AnswerAt } from './answers-at.ts';
export { readBlocks, readSpreadBlocks } from './block.ts';
export type { BlockRange, SpreadRange, StoredBlock } from './block.ts';
export { countFacts, readCheckpoint, readCheckpoints, setTrust } from './checkpoint.ts';
export type { Checkpoint } from './checkpoint.ts';
export { countIncidents, readIncidents, recordIncident, resolveIncident } from './incident.ts';
export type { Incident, IncidentFilter, IncidentKind } from './incident.ts';
export { countLiquidations, readLiquidations } from './liquidation.ts';
export type { LiquidationFilter, LiquidationsUpTo } from './liquidation.ts';
export type { ListPart } from './list-part.ts';
export { claimChain } from './claim-chain.ts';
export type { ChainClaim } from './claim-chain.ts';
export { listenHeads } from './listen-heads.ts';
export type { HeadListener, ListenOptions } from './listen-heads.ts';
export type { HeadNotice } from './head-notice.ts';
export { forgetChain } from './forget-chain.ts';
export { MOST_POINTS, STEPS, STEP_SECONDS, startOf } from './series/step.ts';
export type { SeriesPart, SeriesWanted, Step } from './series/step.ts';
export { readNewestAnswers, type AnswersWanted, type SaidAnswer } from './series/newest-answers.ts';
export { readFeedSeries } from './series/feed-series.ts';
export type { FeedPoint, FeedWanted } from './series/feed-series.ts';
export { readPoolSeries } from './series/pool-series.ts';
export type { PoolPoint, PoolWanted } from './series/pool-series.ts';
export { readIndexSeries } from './series/index-series.ts';
export type { IndexPoint, IndexWanted } from './series/index-series.ts';
export { readLegSeries, readPositionEvents } from './series/owner-series.ts';
export type { LegPoint, OwnerWanted, PositionEvent } from './series/owner-series.ts';
export { readLiquidationEvents, readLiquidationSeries } from './series/liquidation-series.ts';
export type { LiquidationPoint, LiquidationsWanted } from './series/liquidation-series.ts';
export {
  lastMeasured,
  readLastMeasures,
  readMeasureNames,
  readMeasureSeries,
  writeMeasures,
} from './series/measure.ts';
export type {
  LastMeasuresWanted,
  Measure,
  MeasurePoint,
  MeasureValue,
  MeasureWanted,
} from './series/measure.ts';
export type { MeasuredBook } from './series/measured-book.ts';
export { lastFlagChange, readFlagChanges, readFlags } from './series/oracle-flag.ts';
export type {
  FlagFilter,
  FlagsWanted,
  StoredFlag,
  StoredFlagChange,
  ToldFlagChange,
} from './series/oracle-flag.ts';
export { findExchangeMarket, readExchangeMarkets, writeExchangeMarkets } from './exchange/exchange-market.ts';
export type { ExchangeMarket } from './exchange/exchange-market.ts';
export { claimExchange } from './exchange/claim-exchange.ts';
export { writeExchangePrices, type ExchangePrice } from './exchange/write-exchange-prices.ts';
export { readExchangePricesAt, type PricesAtWanted, type SaidPrice } from './exchange/exchange-prices-at.ts';
export { readExchangeMoves, type HeardMoves, type MovesWanted } from './exchange/exchange-moves.ts';
export { readExchangeSeries } from './exchange/exchange-series.ts';
export type { ExchangePoint, ExchangeWanted } from './exchange/exchange-series.ts';
export { dropSweepBooks, keepSweepBook, readSweepBook } from './sweep/sweep-book.ts';
export {
  dropOldSweeps,
  findSweep,
  keepSweep,
  readSweeps,
  setSweep,
  type NewSweep,
  type StoredSweep,
  type SweepsWanted,
  type SweepState,
} from './sweep/sweep.ts';
export {
  keepSweepChunk,
  readSweepChunks,
  readSweepRanges,
  type ChunkRange,
  type StoredChunk,
} from './sweep/sweep-chunk.ts';
export { claimWork, type ClaimedWork } from './claim-work.ts';
export {
  openChunkQueue,
  type ChunkQueue,
  type ChunkQueueOptions,
  type ChunkTask,
  type TakenTask,
} from './sweep/chunk-queue.ts';
export { rollUp } from './series/roll-up.ts';
export { findFeed, findMarket, findPool, poolName, type FoundPool } from './series/find-series.ts';
export { keepHouse, type HouseKept } from './keep-house.ts';
export { toTimescale } from './timescale/to-timescale.ts';
export { inspectDatabase, type DatabaseState } from './timescale/inspect-database.ts';
export {
  dropOldAdvices,
  keepAdviceRun,
  readAdviceRuns,
  readAdvices,
  type AdviceOfRun,
  type AdviceRunHead,
  type AdviceRunsWanted,
  type AdvicesWanted,
  type NewAdviceRun,
  type StoredAdvice,
  type StoredAdviceRun,
} from './advice/advice-run.ts';
export {
  countReports,
  dropOldReports,
  keepReport,
  readReportBundle,
  readReports,
  signReport,
  type NewReport,
  type ReportFilter,
  type ReportHead,
  type ReportsKept,
  type SignedBundle,
  type StoredBundle,
  type StoredReport,
} from './report/report.ts';
export {
  dropReportBooks,
  holdReportBook,
  keepReportBook,
  readReportBook,
  type StoredReportBook,
} from './report/report-book.ts';
export {
  dropOldReportRuns,
  endReportRun,
  readReportRuns,
  startReportRun,
  type NewReportRun,
  type ReportRunState,
  type ReportRunsWanted,
  type StoredReportRun,
} from './report/report-run.ts';
