import { fitGarch, nextVariance, type FilterChoice, type GarchTerms } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { SortedWindow } from './sorted-window.ts';

/** How a value at risk was told again and again, each time from what was known by then. */
export interface ForecastChoice {
  /** 0.99 = the loss is above it once in a hundred steps. */
  readonly level: number;
  /** `none`: the order statistic is that of the returns themselves, which is plain historical simulation. */
  readonly filter: FilterChoice | { readonly kind: 'none' };
  /** Residuals that its order statistic is taken of: the last so many. */
  readonly memory: number;
  /** Steps before the first residual, from which the first variance is. Default 100. */
  readonly start?: number;
  /** Steps after which a GARCH is fitted anew, to the last `memory` returns. Default 100. */
  readonly refitEvery?: number;
}

/** Losses and what was said before each of them, ratios of the price. */
export interface Forecasts {
  /** The place in the returns of the first step that has a forecast. */
  readonly from: number;
  /** 1 − price after ÷ price before. */
  readonly losses: Float64Array;
  /** In the same order: known one step before. */
  readonly valueAtRisk: Float64Array;
  readonly choice: ForecastChoice;
}

const DEFAULT_START = 100;
const DEFAULT_REFIT = 100;

/**
 * One-step-ahead value at risk of one unit held long, by filtered historical simulation: the volatility expected for the step, times an order
 * statistic of the last residuals (returns ÷ the volatility expected for each of them). Of n residuals that is the ⌈(n + 1) × level⌉-th worst:
 * were they independent and alike, the next one would be beyond it with a probability of at most 1 − level, whatever their distribution.
 * What a forecast uses was known one step before it. For a short position, give the returns with their signs turned.
 *
 * @param returns log returns of equal steps.
 * @throws BadDataError for too few returns, a memory too short for the level, and a filter out of its range.
 *
 * Sources: Hull and White, "Incorporating volatility updating into the historical simulation method for value-at-risk" (1998); the order
 * statistic is that of a prediction interval without a distribution (David and Nagaraja, "Order Statistics", section 7.3).
 */
export function oneStepAhead(returns: Float64Array, choice: ForecastChoice): Forecasts {
  const { level, memory, start = DEFAULT_START } = choice;
  checkChoice(returns, choice);
  const rank = Math.ceil((memory + 1) * level - 1e-9);
  const window = new SortedWindow(memory);
  const follow = openVolatility(returns, choice);
  const from = start + memory;
  const count = returns.length - from;
  const losses = new Float64Array(count);
  const valueAtRisk = new Float64Array(count);
  for (let at = start; at < returns.length; at++) {
    const expected = Math.sqrt(follow(at));
    if (window.isFull) {
      valueAtRisk[at - from] = -Math.expm1(-expected * window.ofRank(rank));
      losses[at - from] = -Math.expm1(returns[at]!);
    }
    window.push(-returns[at]! / expected);
  }
  return { from, losses, valueAtRisk, choice };
}

function checkChoice(
  returns: Float64Array,
  { level, memory, filter, start = DEFAULT_START }: ForecastChoice,
): void {
  if (!(level > 0 && level < 1))
    throw new BadDataError(`a level must be between 0 and 1, such as 0.99, but is ${level}`);
  if (Math.ceil((memory + 1) * level - 1e-9) > memory)
    throw new BadDataError(
      `a memory of ${memory} steps says nothing of one in ${Math.round(1 / (1 - level))}: it takes ${Math.ceil(level / (1 - level) - 1e-9)} or more`,
    );
  if (filter.kind === 'ewma' && !(filter.lambda > 0 && filter.lambda < 1))
    throw new BadDataError(`lambda must be between 0 and 1, such as 0.94 for days, but is ${filter.lambda}`);
  if (returns.length <= start + memory)
    throw new BadDataError(
      `${returns.length} returns are too few: the first forecast takes ${start + memory} before it`,
    );
}

/** The variance expected for each step from `start` on, to be asked in order. */
function openVolatility(
  returns: Float64Array,
  { filter, memory, start = DEFAULT_START, refitEvery = DEFAULT_REFIT }: ForecastChoice,
): (at: number) => number {
  if (filter.kind === 'none') return () => 1;
  const first = returns.subarray(0, start);
  let variance = first.reduce((sum, value) => sum + value * value, 0) / start;
  let terms: GarchTerms =
    filter.kind === 'ewma' ? { omega: 0, alpha: 1 - filter.lambda, beta: filter.lambda } : fitGarch(first);
  return (at) => {
    if (at > start) variance = nextVariance(terms, returns[at - 1]!, variance);
    if (filter.kind === 'garch' && at > start && (at - start) % refitEvery === 0)
      terms = fitGarch(returns.subarray(Math.max(0, at - memory), at));
    return variance;
  };
}
