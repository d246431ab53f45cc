import type { Matched } from '../policy/match-times.ts';

/**
 * How much better a prediction is than a naive one: 1 − error ÷ error of the naive one. 1 = without error, 0 = no better, below 0 =
 * worse (Murphy 1988). Undefined where the naive one makes no error.
 */
export function skillScore(error: number, errorOfNaive: number): number | undefined {
  return errorOfNaive > 0 ? 1 - error / errorOfNaive : undefined;
}

/**
 * The error of foretold moments: 1 − F1, where F1 is the harmonic mean of recall and precision. 0 when each moment that came was foretold
 * and nothing else was, 1 when none was.
 */
export function matchError({ recall, precision }: Pick<Matched, 'recall' | 'precision'>): number {
  return recall + precision === 0 ? 1 : 1 - (2 * recall * precision) / (recall + precision);
}
