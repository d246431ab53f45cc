import { amount0Between, amount1Between } from '@undertow/market';
import { minBigint, mulDivDown, mulDivUp } from '@undertow/units';
import { sqrtPriceAfterInput, sqrtPriceAfterOutput } from './sqrt-price-math.ts';

/** One in a pool's fee unit: hundredths of a basis point. */
const FEE_SCALE = 1_000_000n;

/** A stretch of a swap without a change of liquidity. Amounts in raw units. */
export interface SwapStep {
  readonly sqrtPriceX96: bigint;
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  readonly fee: bigint;
}

/** Where a step starts and may end. */
export interface SwapStepInput {
  readonly sqrtPriceX96: bigint;
  readonly targetX96: bigint;
  readonly liquidity: bigint;
  /** What is still to come in (`exactIn`) or to go out, raw units. */
  readonly remaining: bigint;
  readonly exactIn: boolean;
  readonly feePips: number;
}

/** Swaps until the target price or until nothing remains (SwapMath.computeSwapStep, every rounding the same). */
export function swapStep(input: SwapStepInput): SwapStep {
  const { sqrtPriceX96: from, targetX96, liquidity, remaining, exactIn } = input;
  const feePips = BigInt(input.feePips);
  const zeroForOne = from >= targetX96;
  const [amountInBetween, amountOutBetween] = zeroForOne
    ? [amount0Between, amount1Between]
    : [amount1Between, amount0Between];
  const next = exactIn ? nextByInput() : nextByOutput();
  const amountIn = amountInBetween(next, from, liquidity, true);
  const outUncapped = amountOutBetween(next, from, liquidity, false);
  const amountOut = exactIn ? outUncapped : minBigint(outUncapped, remaining);
  const stopped = exactIn && next !== targetX96;
  const fee = stopped ? remaining - amountIn : mulDivUp(amountIn, feePips, FEE_SCALE - feePips);
  return { sqrtPriceX96: next, amountIn, amountOut, fee };

  function nextByInput(): bigint {
    const lessFee = mulDivDown(remaining, FEE_SCALE - feePips, FEE_SCALE);
    const whole = amountInBetween(targetX96, from, liquidity, true);
    return lessFee >= whole ? targetX96 : sqrtPriceAfterInput(from, liquidity, lessFee, zeroForOne);
  }

  function nextByOutput(): bigint {
    const whole = amountOutBetween(targetX96, from, liquidity, false);
    return remaining >= whole ? targetX96 : sqrtPriceAfterOutput(from, liquidity, remaining, zeroForOne);
  }
}
