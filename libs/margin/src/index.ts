// Value at risk and expected shortfall of portfolios.
export {
  TAIL_METHODS,
  drawnScenarios,
  filteredScenarios,
  historicalScenarios,
  type Draws,
  type JointScenarios,
  type TailMethod,
} from './tail/joint-scenarios.ts';
export { holdingsPortfolio, type Portfolio } from './tail/portfolio.ts';
export { portfolioRisk, type PortfolioRisk, type RiskContribution } from './tail/portfolio-risk.ts';
// Whether a value at risk stood up to what came.
export { oneStepAhead, type ForecastChoice, type Forecasts } from './backtest/one-step-ahead.ts';
export {
  coverageTests,
  independenceOf,
  proportionOfFailures,
  transitionsOf,
  type CoverageTests,
  type Transitions,
} from './backtest/coverage-tests.ts';
export type { LikelihoodRatio } from './backtest/likelihood-ratio.ts';
export { zoneBounds, zoneOf, type Zone, type ZoneBounds } from './backtest/traffic-light.ts';
export { procyclicality, type Procyclicality } from './backtest/procyclicality.ts';
export { varBacktest, type VarBacktest } from './backtest/var-backtest.ts';
// What accounts of a book have and must have.
export {
  accountMargin,
  type AccountMargin,
  type BracketsOf,
  type LendingMargin,
} from './account/account-margin.ts';
export { tieredRequirement, type MarginBracket, type Requirement } from './account/brackets.ts';
export {
  openDistances,
  referencesOf,
  type Deviations,
  type Distance,
  type DistancesOf,
} from './account/distance.ts';
export { bookPortfolio, type BookPortfolio } from './account/book-portfolio.ts';
export { jointMoves } from './account/joint-moves.ts';
export {
  accountsOf,
  ownerMargin,
  type MarginTotals,
  type OwnerMargin,
  type OwnerMarginWanted,
  type PortfolioMargin,
} from './account/owner-margin.ts';
