import { assert, mulDivDown, mulDivUp } from '@undertow/units';

const Q96 = 1n << 96n;
const UINT256 = 1n << 256n;

/** Token 0 between two root prices, `L × (1 ÷ √a − 1 ÷ √b)`, raw units (SqrtPriceMath.getAmount0Delta). */
export function amount0Between(a: bigint, b: bigint, liquidity: bigint, roundUp: boolean): bigint {
  const [low, high] = a < b ? [a, b] : [b, a];
  const numerator = liquidity << 96n;
  if (!roundUp) return mulDivDown(numerator, high - low, high) / low;
  return mulDivUp(mulDivUp(numerator, high - low, high), 1n, low);
}

/** Token 1 between two root prices, `L × (√b − √a)`, raw units (SqrtPriceMath.getAmount1Delta). */
export function amount1Between(a: bigint, b: bigint, liquidity: bigint, roundUp: boolean): bigint {
  const distance = a < b ? b - a : a - b;
  return roundUp ? mulDivUp(liquidity, distance, Q96) : mulDivDown(liquidity, distance, Q96);
}

/** Root price after some token came in, never past the exact one (SqrtPriceMath.getNextSqrtPriceFromInput). */
export function sqrtPriceAfterInput(
  sqrtPriceX96: bigint,
  liquidity: bigint,
  amountIn: bigint,
  zeroForOne: boolean,
): bigint {
  return zeroForOne
    ? afterAmount0Up(sqrtPriceX96, liquidity, amountIn)
    : sqrtPriceX96 + (amountIn << 96n) / liquidity;
}

/** Root price after some token went out, at or past the exact one (SqrtPriceMath.getNextSqrtPriceFromOutput). */
export function sqrtPriceAfterOutput(
  sqrtPriceX96: bigint,
  liquidity: bigint,
  amountOut: bigint,
  zeroForOne: boolean,
): bigint {
  if (zeroForOne) return sqrtPriceX96 - mulDivUp(amountOut, Q96, liquidity);
  const numerator = liquidity << 96n;
  const denominator = numerator - amountOut * sqrtPriceX96;
  assert(amountOut === 0n || denominator > 0n, 'more output than the liquidity holds');
  return amountOut === 0n ? sqrtPriceX96 : mulDivUp(numerator, sqrtPriceX96, denominator);
}

/** The pool avoids 256-bit overflow by a coarser formula; so do we, because its rounding differs. */
function afterAmount0Up(sqrtPriceX96: bigint, liquidity: bigint, amountIn: bigint): bigint {
  if (amountIn === 0n) return sqrtPriceX96;
  const numerator = liquidity << 96n;
  const product = amountIn * sqrtPriceX96;
  if (product < UINT256 && numerator + product < UINT256) {
    return mulDivUp(numerator, sqrtPriceX96, numerator + product);
  }
  return mulDivUp(numerator, 1n, numerator / sqrtPriceX96 + amountIn);
}
