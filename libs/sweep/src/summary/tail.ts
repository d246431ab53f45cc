import { deviation, mean } from 'd3-array';
import { NORMAL_95, quantileRanks, type Interval } from './intervals.ts';

/** What lies beyond a level of a distribution, with how sure that is. */
export interface AtRisk {
  /** 0.99 = in one scenario of a hundred it is more. */
  readonly level: number;
  /** The least value that is not exceeded in that share of scenarios: the ⌈n × level⌉-th smallest. */
  readonly valueAtRisk: number;
  /** By order statistics; undefined where the scenarios are no sample. */
  readonly interval: Interval | undefined;
  /** Mean over the worst 1 − level of the scenarios, the one at the value at risk by the part that is needed. */
  readonly expectedShortfall: number;
  /** ± 1.96 standard errors, without ends where fewer than two scenarios are worse; undefined where the scenarios are no sample. */
  readonly shortfallInterval: Interval | undefined;
}

/**
 * Value at risk and expected shortfall of a sorted sample.
 *
 * @param independent how many independent draws the sample is worth; undefined when it is none.
 *
 * Sources: Acerbi and Tasche, "On the coherence of expected shortfall" (2002), definition 2.6; Manistre and Hancock, "Variance of
 * the CTE estimator" (2005) for its standard error.
 */
export function atRisk(
  sorted: Float64Array,
  { level, independent }: { readonly level: number; readonly independent: number | undefined },
): AtRisk {
  const count = sorted.length;
  const rank = rankOf(count, level);
  const valueAtRisk = sorted[rank - 1]!;
  const worse = sorted.subarray(rank);
  const tail = count * (1 - level);
  const sum = worse.reduce((total, value) => total + (value - valueAtRisk), 0);
  const expectedShortfall = valueAtRisk + sum / tail;
  if (independent === undefined)
    return { level, valueAtRisk, interval: undefined, expectedShortfall, shortfallInterval: undefined };
  const spread = (deviation(worse) ?? 0) ** 2 + level * (expectedShortfall - valueAtRisk) ** 2;
  const half = NORMAL_95 * Math.sqrt(spread / (independent * (1 - level)));
  const isKnown = worse.length > 1;
  return {
    level,
    valueAtRisk,
    interval: rankInterval(sorted, level, independent),
    expectedShortfall,
    shortfallInterval: {
      low: isKnown ? expectedShortfall - half : undefined,
      high: isKnown ? expectedShortfall + half : undefined,
    },
  };
}

/** Windows that overlap are worth as many draws as there would be without overlap; 1 at least. */
export const independentWindows = (
  count: number,
  { stepSeconds, horizonSeconds }: { readonly stepSeconds: number; readonly horizonSeconds: number },
): number => Math.max(1, count * Math.min(1, stepSeconds / horizonSeconds));

/** The least value of a sorted sample that is not exceeded in a share of it: the ⌈n × level⌉-th smallest. */
export const valueAt = (sorted: Float64Array, level: number): number =>
  sorted[rankOf(sorted.length, level) - 1]!;

/** Sums of many decimals must not push 0.95 × 20 above 19. */
const rankOf = (count: number, level: number) => Math.max(1, Math.ceil(count * level - 1e-9));

function rankInterval(sorted: Float64Array, level: number, independent: number): Interval {
  const draws = Math.max(1, Math.floor(independent));
  const { low, high } = quantileRanks(draws, level);
  // Where rows depend on each other, ranks stand for shares of what they are worth.
  const at = (rank: number) => (rank < 1 || rank > draws ? undefined : valueAt(sorted, rank / draws));
  return { low: at(low), high: at(high) };
}

/**
 * What each scenario weighs in the expected shortfall, so that Σ weight × value is that; scenarios with the very value at risk share
 * what is left over. Σ weight × part gives a part's marginal contribution, and those of parts that add up to the value add up to
 * the expected shortfall.
 *
 * Source: Tasche, "Risk contributions and performance measurement" (1999): by Euler's theorem, a part's mean in the tail.
 */
export function tailWeights(values: Float64Array, level: number): Float64Array {
  const sorted = values.toSorted();
  const valueAtRisk = valueAt(sorted, level);
  const tail = values.length * (1 - level);
  const worse = values.reduce((many, value) => many + Number(value > valueAtRisk), 0);
  const equal = values.reduce((many, value) => many + Number(value === valueAtRisk), 0);
  const left = Math.max(0, 1 - worse / tail) / equal;
  return values.map((value) => (value > valueAtRisk ? 1 / tail : value === valueAtRisk ? left : 0));
}

/** Σ weight × value. */
export const weighted = (weights: Float64Array, values: Float64Array): number => {
  let sum = 0;
  for (let row = 0; row < weights.length; row++) sum += weights[row]! * values[row]!;
  return sum;
};

/** Mean of a sample; 0 of an empty one. */
export const meanOf = (values: Float64Array): number => mean(values) ?? 0;
