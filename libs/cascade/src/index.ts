export type * from './result.ts';
export { ENGINE } from './result.ts';
export type * from './rule.ts';
export { simulate } from './simulate.ts';
export { heatmap, type HeatmapCell, type HeatmapRow } from './heatmap.ts';
export { assetsAtRisk } from './assets-at-risk.ts';
export {
  reproduction,
  type AssetReproduction,
  type ReproductionOptions,
  type ReproductionPoint,
} from './reproduction.ts';
export { ruleOf } from './rules.ts';
export { repayAndSeize, type RepayAndSeizeTerms } from './repay-and-seize.ts';
