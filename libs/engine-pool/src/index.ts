export {
  EnginePool,
  type Asked,
  type EnginePoolOptions,
  type PooledBook,
  type PooledSweep,
  type TailWanted,
} from './engine-pool.ts';
export { POOL_ENGINE } from './opened-book.ts';
export { sharedBook, type SharedBook } from './shared-book.ts';
export { pooledSweep, type KeptSweep } from './pooled-sweep.ts';
export { sharedPlan, type SharedPlan } from './shared-plan.ts';
export type { Rank, Urgency } from './rank.ts';
export { LostThreadError } from './lost-thread-error.ts';
export type { MadeDueAnswer, RanTogether, SimulateItem, SummedSweep } from './kinds.ts';
export type { NamedPoint, NamedStress, StressItem } from './named-stress.ts';
