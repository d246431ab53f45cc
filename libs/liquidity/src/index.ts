export { emptyPoolState, foldPool, type PoolState, type TickLiquidity } from './pool-state.ts';
export { swap, type SwapRequest, type SwapResult, type SwapTerms } from './swap.ts';
export { depthCurve, type DepthCurveTerms, type PoolDepth } from './depth-curve.ts';
export { aggregateDepth } from './aggregate-depth.ts';
export type * from './curve.ts';
export { buy, sell } from './trade.ts';
export { quoteBetween, unitsBetween } from './integral.ts';
