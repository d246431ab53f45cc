// Prices, Greeks and implied volatilities of options.
export { normalDensity, normalDistribution } from './pricing/normal-distribution.ts';
export { black76, black76Greeks, SECONDS_PER_YEAR } from './pricing/black-76.ts';
export type { Black76Input, Greeks } from './pricing/black-76.ts';
export { blackScholes, blackScholesGreeks, type BlackScholesInput } from './pricing/black-scholes.ts';
export {
  impliedVolatility,
  type ImpliedVolatility,
  type PricedOption,
} from './pricing/implied-volatility.ts';

// Margin by scenarios of price and volatility.
export { gridMargin } from './scenario-grid/grid-margin.ts';
export type { GridMargin, MarginSide, ScenarioChange } from './scenario-grid/grid-margin.ts';
export { gridGreeks, type GridGreeks, type PortfolioGreeks } from './scenario-grid/grid-greeks.ts';
export type { Contingency } from './scenario-grid/contingency.ts';
export type {
  FeedValue,
  GridCollateral,
  GridExpiry,
  GridOption,
  GridPerpetual,
  GridPortfolio,
} from './scenario-grid/grid-portfolio.ts';
export type * from './scenario-grid/grid-terms.ts';
export {
  PORTFOLIO_MARGIN_23,
  PORTFOLIO_MARGIN_23_HAIRCUT,
  PORTFOLIO_MARGIN_33,
  PORTFOLIO_MARGIN_NINE_BUCKETS,
} from './scenario-grid/presets.ts';

// Margin by position.
export { positionMargin } from './position-margin/position-margin.ts';
export type {
  MarketMargin,
  PositionAccount,
  PositionMargin,
  PositionMarket,
} from './position-margin/position-margin.ts';
export type { ExpiryMargin, ExpiryMarginSide } from './position-margin/option-margin.ts';
export { STANDARD_POSITION_MARGIN } from './position-margin/position-terms.ts';
export type { OptionPositionTerms, PositionTerms } from './position-margin/position-terms.ts';

// Volatility surfaces from listed options.
export { surfaceOf } from './surface/surface.ts';
export type { ListedOption, Surface, SurfaceExpiry, SurfacePoint } from './surface/surface.ts';
export { volatilityAt, type Extrapolation, type SurfaceVolatility } from './surface/volatility-at.ts';
export { strikeArbitrages, surfaceArbitrages } from './surface/arbitrage.ts';
export type { Arbitrage, CalendarArbitrage, StrikeArbitrage, StrikeQuote } from './surface/arbitrage.ts';

// Value at risk and expected shortfall of portfolios.
export {
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

// Accounts of a book as portfolios for margin by scenarios.
export { bookPortfolio, derivativeReferences } from './book-portfolio/book-portfolio.ts';
export type { BookPortfolio, BookPortfolioOf } from './book-portfolio/book-portfolio.ts';

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
export { accountEquityUsd } from './account/account-equity.ts';
export { accountsPortfolio, type AccountsPortfolio } from './account/accounts-portfolio.ts';
export { bookSymbols, ownedSymbols } from './account/priced-symbols.ts';
export { jointMoves, plainMoves } from './account/joint-moves.ts';
export {
  accountsOf,
  ownerMargin,
  type MarginTotals,
  type OwnerMargin,
  type OwnerMarginWanted,
  type PortfolioMargin,
} from './account/owner-margin.ts';

// All venues as one clearing house.
export {
  clearingAfterCascades,
  clearingView,
  defaultsIn,
  type ClearingView,
  type Defaults,
} from './clearing/clearing-view.ts';
export {
  clearingReport,
  namedScenario,
  type ClearingReport,
  type ClearingReportWanted,
  type NamedScenario,
} from './clearing/clearing-report.ts';
export {
  marginReport,
  type GainGrid,
  type MarginReport,
  type MarginReportWanted,
} from './account/margin-report.ts';
export { derivativesOf, type Derivatives } from './account/derivatives.ts';
export { sensitivities, type Sensitivities, type Sensitivity } from './account/sensitivities.ts';
