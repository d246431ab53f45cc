export {
  isOfVenue,
  PARAMETER_KINDS,
  parameterKey,
  safeSide,
  unitOf,
  type Parameter,
  type ParameterKind,
  type ParameterUnit,
} from './parameters/parameter.ts';
export { parametersOf, type ParameterPlace } from './parameters/parameters-of.ts';
export { LOSSES_OF, type AllowedValues, type Asked, type LossesOf, type Tolerance } from './study/asked.ts';
export { findInput, GIVEN, type FoundInput, type GivenInput, type GivenName } from './study/given-input.ts';
export { givenFromReturns } from './study/given-from-returns.ts';
export { planForAdvice } from './study/plan-for-advice.ts';
export { openStudy, trialBookOf, type Study, type Swept } from './study/study.ts';
export { condensed, condensedDifference } from './study/condensed.ts';
export { BEHAVIOURS, type Behaviour } from './search/borrowing.ts';
export { candidateOf, overrideOf, type Candidate, type CandidateOf } from './search/candidate.ts';
export { largestSafe, type Ladder, type LargestSafe } from './search/largest-safe.ts';
export {
  fallOf,
  hardBoundOf,
  lagFallOf,
  largestOn,
  type HardBound,
  type LargestAccount,
} from './search/hard-bound.ts';
export { adviseOne } from './advice/advise-one.ts';
export { adviseAll, together, type AdviceProgress, type Together } from './advice/advise-all.ts';
export { judgeChange } from './advice/judge-change.ts';
export type { JudgedToxicity, Judgement } from './advice/judgement.ts';
export { marketFrontier, type MarketFrontier } from './search/market-frontier.ts';
export type { PathAsked } from './advice/path-of-advice.ts';
export { adviceValue, usdText, valueText } from './advice/advice-value.ts';
export type * from './advice/advice.ts';
export { ADVICE_VERSION, adviceJsonSchema, adviceSchema, BOUND_BY, VERDICTS } from './advice/advice.ts';
export {
  checkLimit,
  limitsJsonSchema,
  readLimits,
  type FieldLimit,
  type StewardLimits,
} from './limits/steward-limits.ts';
export { pathTo, type PathOf } from './limits/path.ts';
export {
  healthAfterCall,
  NO_SLIPPAGE,
  toxicityFrontier,
  toxicityLine,
  type FrontierPoint,
  type Slippage,
  type ToxicityLine,
} from './incentive/toxicity-line.ts';
export {
  openIncentives,
  type Incentive,
  type Incentives,
  type NetIncentive,
} from './incentive/net-incentive.ts';
export { bonusNeeded, deadZone, type DeadZone } from './incentive/dead-zone.ts';
export { smartLoanToValue, smartRiskLevel, type SmartTerms } from './published/smart-loan-to-value.ts';
export {
  excursionThreshold,
  leastWindows,
  type ExcursionThreshold,
} from './published/excursion-threshold.ts';
export { borrowCapByUse, greatestLeverage, supplyCapByDepth, type DepthCap } from './published/depth-caps.ts';
export { incentiveFactor } from './published/incentive-factor.ts';
export {
  bonusAtHealthBps,
  debtToTargetHealth,
  type BonusByHealth,
  type TowardsHealth,
} from './published/target-health.ts';
export { concentrationOf, type Concentration } from './evidence/concentration.ts';
export { specification } from './report/specification.ts';
export { forumPost, type PostOf } from './report/forum-post.ts';
export { inertMarkdown } from './report/inert-markdown.ts';
export { attributed, type Attribution } from './evidence/attribution.ts';
export {
  adviceMoved,
  movedSteps,
  MOVED_BY,
  type AdviceMadeOf,
  type MovedStep,
} from './evidence/advice-moved.ts';
export { movedOf, withMoved, type MovedFrom } from './evidence/with-moved.ts';
export type { MovedRecord } from './evidence/moved-record.ts';
export {
  bufferEffects,
  marginsOverTime,
  procyclicality,
  type BufferEffect,
  type BufferRule,
  type MarginSeries,
  type Procyclicality,
} from './buffers/margins-over-time.ts';
export {
  CALM,
  INDICATORS,
  nextStress,
  tightened,
  type Indicator,
  type IndicatorRule,
  type Observed,
  type PreemptiveRule,
  type Stress,
} from './buffers/preemptive.ts';
export {
  adviceBacktest,
  type AdviceBacktest,
  type BacktestAsked,
  type NoBacktest,
} from './backtest/advice-backtest.ts';
export {
  backtestTable,
  backtestText,
  backtestWords,
  horizonText,
  REJECTED_BELOW,
} from './backtest/backtest-text.ts';
export {
  cascadeBacktest,
  cascadeDateAt,
  cascadeDates,
  cascadeRecord,
  type CascadeDates,
  type CascadeOnBook,
} from './backtest/cascade-backtest.ts';
export type { CascadeBacktest, CascadeBacktestAsked, CascadeDate } from './backtest/cascade-asked.ts';
export type { BacktestRecord } from './backtest/backtest-record.ts';
export {
  backtestFor,
  withBacktest,
  withCascadeBacktest,
  type BacktestHistory,
  type FoundBacktest,
} from './backtest/with-backtest.ts';
export { CUT_DAYS, type Exceeded, type LineBacktest } from './backtest/line-held.ts';
export {
  expectedFalls,
  marginLeft,
  standaloneThreshold,
  type ExpectedFalls,
  type FallChoice,
  type StandaloneTerms,
} from './backtest/standalone-line.ts';
export {
  LINES,
  SMART_CONSTANTS,
  type LineName,
  type SetThreshold,
  type SmartConstants,
  type ThresholdLine,
} from './backtest/threshold-lines.ts';
export { windowsOf, type Windows } from './backtest/windows.ts';
