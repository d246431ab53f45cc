export { EnginePool, type EnginePoolOptions } from './engine-pool.ts';
export type { Asked, PooledAdvice, PooledBook, PooledSweep, TailWanted } from './asked.ts';
export { POOL_ENGINE } from './pool-engine.ts';
export { sharedBook, type SharedBook } from './shared-book.ts';
export { pooledSweep, type KeptSweep } from './pooled-sweep.ts';
export { sharedPlan, type SharedPlan } from './shared-plan.ts';
export { sharedPrices, type SharedPrices } from './shared-prices.ts';
export { sharedQuestion, type AdviceQuestion, type SharedQuestion } from './shared-question.ts';
export { advise, frontierOf, judge, type Advised, type AdviceProgress, type AdviseRun } from './advise.ts';
export type { MadeBook, MadeReport, ReportItem } from './do-report.ts';
export { makeReport, type ReportProgress, type ReportRunning, type ReportWanted } from './make-report.ts';
export { backtested, type BacktestsOver, type BacktestsRun } from './backtests.ts';
export { movedAlone, type AloneByParameter, type MovedBetween } from './moved.ts';
export type { AdviceWanted } from './wanted-places.ts';
export type { Rank, Urgency } from './rank.ts';
export { LostThreadError } from './lost-thread-error.ts';
export type {
  ClearingItem,
  MadeDueAnswer,
  MarginItem,
  PricesOfPast,
  RanTogether,
  SimulateItem,
  SummedSweep,
} from './kinds.ts';
export type { NamedPoint, NamedStress, StressItem } from './named-stress.ts';
