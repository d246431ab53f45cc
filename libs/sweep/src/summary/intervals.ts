/** A 95 % confidence interval; an end that the sample is too small for is undefined. */
export interface Interval {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** How sure intervals are. */
export const CONFIDENCE = 0.95;
/** Standard normal deviation within which that much lies, on both sides. */
export const NORMAL_95 = 1.959963984540054;

/**
 * Wilson's interval of a probability of which a share was seen in so many independent trials; it has ends also at a share of 0.
 *
 * Source: Wilson (1927); Newcombe, "Two-sided confidence intervals for the single proportion" (1998), method 3.
 */
export function wilson(share: number, trials: number): Interval {
  const z2 = NORMAL_95 ** 2;
  const middle = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half =
    (NORMAL_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials ** 2))) / (1 + z2 / trials);
  return { low: share === 0 ? 0 : middle - half, high: share === 1 ? 1 : middle + half };
}

/**
 * Ranks from 1 on of the order statistics between which a quantile lies, at most 2.5 % outside on either side, whatever the
 * distribution; 0 and `count + 1` where the sample has no such.
 *
 * Source: David and Nagaraja, "Order Statistics" (2003), section 7.1: the number below the quantile is binomial.
 */
export function quantileRanks(count: number, level: number): { readonly low: number; readonly high: number } {
  const { first, weights } = binomialWeights(count, level);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const outside = ((1 - CONFIDENCE) / 2) * total;
  let low = first;
  for (let below = weights[0]!; below <= outside; below += weights[low - first]!) low += 1;
  let high = first + weights.length;
  for (let above = weights.at(-1)!; above <= outside; above += weights[high - first - 1]!) high -= 1;
  return { low, high };
}

/** Weights below this share of the greatest change no digit. */
const LEAST_WEIGHT = 1e-20;

/** Binomial probabilities up to a factor, by their ratios from the likeliest number outwards: nothing over- or underflows. */
function binomialWeights(
  count: number,
  level: number,
): { readonly first: number; readonly weights: readonly number[] } {
  const likeliest = Math.min(count, Math.floor((count + 1) * level));
  const odds = level / (1 - level);
  const below: number[] = [];
  for (let k = likeliest, weight = 1; k > 0 && weight > LEAST_WEIGHT; k--) {
    weight *= k / ((count - k + 1) * odds);
    below.push(weight);
  }
  const above: number[] = [];
  for (let k = likeliest, weight = 1; k < count && weight > LEAST_WEIGHT; k++) {
    weight *= ((count - k) * odds) / (k + 1);
    above.push(weight);
  }
  return { first: likeliest - below.length, weights: [...below.toReversed(), 1, ...above] };
}
