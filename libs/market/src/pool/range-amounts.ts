import { mulDivDown, mulDivUp } from '@undertow/units';

const Q96 = 1n << 96n;

/**
 * Token 0 that liquidity holds between two root prices, `L × (1 ÷ √a − 1 ÷ √b)`, raw units.
 * Source: SqrtPriceMath.getAmount0Delta; rounded down also LiquidityAmounts.getAmount0ForLiquidity.
 */
export function amount0Between(a: bigint, b: bigint, liquidity: bigint, roundUp: boolean): bigint {
  const [low, high] = a < b ? [a, b] : [b, a];
  const numerator = liquidity << 96n;
  if (!roundUp) return mulDivDown(numerator, high - low, high) / low;
  return mulDivUp(mulDivUp(numerator, high - low, high), 1n, low);
}

/**
 * Token 1 that liquidity holds between two root prices, `L × (√b − √a)`, raw units.
 * Source: SqrtPriceMath.getAmount1Delta; rounded down also LiquidityAmounts.getAmount1ForLiquidity.
 */
export function amount1Between(a: bigint, b: bigint, liquidity: bigint, roundUp: boolean): bigint {
  const distance = a < b ? b - a : a - b;
  return roundUp ? mulDivUp(liquidity, distance, Q96) : mulDivDown(liquidity, distance, Q96);
}
