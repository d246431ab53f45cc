export type * from './result.ts';
export { ENGINE, STUCK_REASONS } from './result.ts';
export type * from './scenario.ts';
export { DEFAULT_POLICIES, WITHIN_MOVE } from './scenario.ts';
export type { ResolvedMove } from './resolved-moves.ts';
export type { BorneBy } from './kernel.ts';
export { settled, type Settled } from './settled.ts';
export { simulate, type SimulateOptions } from './simulate.ts';
export { openShock, type Shock } from './open-shock.ts';
export { openTrades, type Traded } from './market/open-trades.ts';
export { openEngine } from './engine/open-engine.ts';
export { ENGINE_KINDS, type Engine, type EngineKind, type Observer } from './engine/engine.ts';
export type { Outcome } from './engine/outcome.ts';
export {
  heatmap,
  heatmapCells,
  type CellName,
  type HeatmapCell,
  type HeatmapOptions,
  type HeatmapRow,
} from './heatmap.ts';
export { assetsAtRisk, type MovedName } from './assets-at-risk.ts';
export {
  openReproduction,
  reproduction,
  reproducingAssets,
  type AssetReproduction,
  type ReproductionOptions,
  type ReproductionPoint,
} from './reproduction.ts';
export { feedback, type FeedbackOptions, type FeedbackPoint } from './feedback.ts';
export { moveName, moveNamed } from './moved-names.ts';
export { namedMoves, type NamedMove } from './named-moves.ts';
export { headline, STUCK_WORDS } from './headline.ts';
export { madeDueBy, whatIf, type MadeDue, type WhatIf } from './what-if.ts';
export {
  MEASURED_MOVES,
  MEASURES,
  shockMeasures,
  standingMeasures,
  type BookMeasure,
  type MeasureName,
  type OraclesStand,
} from './book-measures.ts';
