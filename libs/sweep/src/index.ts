export type * from './plan/plan.ts';
export { PLAN_VERSION } from './plan/plan.ts';
export { MOST_SCENARIOS, readPlan } from './plan/plan-schema.ts';
export {
  countOf,
  isSample,
  openPlan,
  scenariosOf,
  type IndexRange,
  type OpenedPlan,
} from './plan/open-plan.ts';
export { openModel } from './plan/open-model.ts';
export type { DrawReturns } from './plan/student-t.ts';
export { contentHash, planHash, sweepKey } from './plan/plan-hash.ts';
export { planCoverage, type MovedValue, type PlanCoverage, type StillAsset } from './plan/coverage.ts';
export { FIGURES, GROUPED, type Figure, type Grouped } from './table/columns.ts';
export { sweepShape, type SweepShape } from './table/sweep-shape.ts';
export { SweepTable } from './table/sweep-table.ts';
export type { SweepChunk } from './table/sweep-chunk.ts';
export { joinChunks } from './table/join-chunks.ts';
export { runRange } from './table/run-range.ts';
export {
  independentOf,
  summary,
  type Probability,
  type SummaryOptions,
  type SweepProbabilities,
  type SweepSummary,
  type WorstScenario,
} from './summary/summary.ts';
export type { AssetPart, MarketPart, PartLoss, VenuePart } from './summary/parts.ts';
export {
  distributionOf,
  type Distribution,
  type Histogram,
  type HistogramBin,
  type Levels,
} from './summary/distribution.ts';
export type { Interval } from './summary/intervals.ts';
export { atRisk, independentWindows, tailWeights, valueAt, type AtRisk } from './summary/tail.ts';
export { priceTable, type PriceRow, type PriceTable } from './prices/price-table.ts';
export { jointReturns, type JointReturns } from './prices/joint-returns.ts';
export { covarianceOf } from './prices/covariance.ts';
export { filteredPlan, historicalPlan, studentTPlan, type Drawn } from './prices/estimated-plans.ts';
export {
  DAILY_LAMBDA,
  filtered,
  fitGarch,
  nextVariance,
  type FilterChoice,
  type Filtered,
  type GarchTerms,
} from './prices/volatility.ts';
export {
  openReverseStress,
  openStressAt,
  stressCoordinates,
  type FindNearest,
  type NearestMove,
  type PathPoint,
  type ReverseStress,
  type ReverseStressWanted,
  type StressCoordinates,
} from './reverse/reverse-stress.ts';
export { lossesBy, scenarioLosses, type LossesOf, type ScenarioLosses } from './reverse/scenario-losses.ts';
export type { Searched } from './reverse/nearest-loss.ts';
export { wholeReproduction, type WholeReproduction } from './systemic/whole-reproduction.ts';
export {
  openTailMeasures,
  sweepTail,
  TAIL_ACCOUNTS,
  tailMeasures,
  type AccountContribution,
  type SweepTail,
  type TailMeasures,
  type TailOptions,
} from './systemic/tail-measures.ts';
export { tailScenario, type TailScenario } from './systemic/tail-scenario.ts';
export { openCrossVenue, type CrossVenue } from './systemic/cross-venue.ts';
export { fundsByVenue, lossesByOwner, openCoverTwo, twoWorst, type CoverTwo } from './systemic/cover-two.ts';
export { equilibria, type Equilibria, type Equilibrium } from './systemic/equilibria.ts';
