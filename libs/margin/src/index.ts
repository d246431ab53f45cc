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
