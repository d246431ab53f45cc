export { EnginePool, type Asked, type EnginePoolOptions } from './engine-pool.ts';
export type { Rank, Urgency } from './rank.ts';
export { LostThreadError } from './lost-thread-error.ts';
export type { MadeDueAnswer, SimulateItem } from './kinds.ts';
