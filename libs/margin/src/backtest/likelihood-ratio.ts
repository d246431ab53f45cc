import { chiSquaredAbove } from './chi-squared.ts';

/** A test by the likelihoods of two explanations. */
export interface LikelihoodRatio {
  /** −2 × ln(likelihood of what is tested ÷ likelihood of what fits best): 0 = as good, large = much worse. */
  readonly statistic: number;
  /** How likely a statistic at least as large would be, were what is tested true: by its chi-squared limit. */
  readonly pValue: number;
}

/** Degrees of freedom: how many numbers the better explanation has more. */
export const likelihoodRatio = (statistic: number, degreesOfFreedom: 1 | 2): LikelihoodRatio => {
  // Rounding may make of nothing a little less than nothing.
  const atLeast0 = Math.max(0, statistic);
  return { statistic: atLeast0, pValue: chiSquaredAbove(atLeast0, degreesOfFreedom) };
};

/** The log likelihood of so many hits and misses at a probability of a hit; 0 × ln 0 is 0. */
export function logLikelihood(hits: number, misses: number, probability: number): number {
  const ofHits = hits === 0 ? 0 : hits * Math.log(probability);
  return misses === 0 ? ofHits : ofHits + misses * Math.log1p(-probability);
}
