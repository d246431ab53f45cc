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
