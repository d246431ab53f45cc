import { assert, mulDivUp } from '@undertow/units';

const Q96 = 1n << 96n;
const UINT256 = 1n << 256n;

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
