export type { Volatility, VolatilityChange } from './option/volatility.ts';
export { foldVolatility } from './option/volatility.ts';
