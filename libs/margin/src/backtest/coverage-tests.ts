import { BadDataError } from '@undertow/units';
import { likelihoodRatio, logLikelihood, type LikelihoodRatio } from './likelihood-ratio.ts';

/** Whether exceptions came as often as they should, and whether one brought the next. */
export interface CoverageTests {
  readonly count: number;
  readonly exceptions: number;
  /** What the level says: (1 − level) × count. */
  readonly expected: number;
  /** As often as they should? See `proportionOfFailures`. */
  readonly proportionOfFailures: LikelihoodRatio;
  /** Does an exception say nothing of the next step? See `independenceOf`. */
  readonly independence: LikelihoodRatio;
  /** Both together: the sum of the two statistics, with two degrees of freedom. */
  readonly conditionalCoverage: LikelihoodRatio;
}

/**
 * The three tests of a series of steps, each an exception or none.
 *
 * @throws BadDataError for no step at all and for a level that is none.
 *
 * Sources: Kupiec, "Techniques for verifying the accuracy of risk measurement models" (1995); Christoffersen, "Evaluating interval
 * forecasts" (1998). Their sum is Jorion's, of all steps; Christoffersen leaves out the first.
 */
export function coverageTests(
  isException: readonly boolean[],
  { level }: { readonly level: number },
): CoverageTests {
  const count = isException.length;
  const exceptions = isException.reduce((sum, is) => sum + Number(is), 0);
  const proportion = proportionOfFailures({ count, exceptions, level });
  const independence = independenceOf(transitionsOf(isException));
  return {
    count,
    exceptions,
    expected: (1 - level) * count,
    proportionOfFailures: proportion,
    independence,
    conditionalCoverage: likelihoodRatio(proportion.statistic + independence.statistic, 2),
  };
}

/**
 * Kupiec's test of the proportion of failures: is the share of exceptions 1 − level? Chi-squared with one degree of freedom: above 3.841 it is
 * rejected at 5 %.
 *
 * @throws BadDataError for no step at all and for a level that is none.
 */
export function proportionOfFailures({
  count,
  exceptions,
  level,
}: {
  readonly count: number;
  readonly exceptions: number;
  readonly level: number;
}): LikelihoodRatio {
  if (!(level > 0 && level < 1))
    throw new BadDataError(`a level must be between 0 and 1, such as 0.99, but is ${level}`);
  if (!(count > 0))
    throw new BadDataError('there is no step to test: it takes forecasts and what came of them');
  const misses = count - exceptions;
  return likelihoodRatio(
    -2 *
      (logLikelihood(exceptions, misses, 1 - level) - logLikelihood(exceptions, misses, exceptions / count)),
    1,
  );
}

/** How often an exception (1) or none (0) followed on an exception or none. */
export interface Transitions {
  readonly from0to0: number;
  readonly from0to1: number;
  readonly from1to0: number;
  readonly from1to1: number;
}

/** The transitions of a series of steps; one less than there are steps. */
export function transitionsOf(isException: readonly boolean[]): Transitions {
  const many = { from0to0: 0, from0to1: 0, from1to0: 0, from1to1: 0 };
  for (const [at, is] of isException.entries()) {
    if (at === 0) continue;
    if (isException[at - 1]) many[is ? 'from1to1' : 'from1to0'] += 1;
    else many[is ? 'from0to1' : 'from0to0'] += 1;
  }
  return many;
}

/**
 * Christoffersen's test of independence: is an exception as likely after an exception as after none? Chi-squared with one degree of
 * freedom. Where there was no exception before the last step, nothing speaks against it: the statistic is 0.
 */
export function independenceOf({ from0to0, from0to1, from1to0, from1to1 }: Transitions): LikelihoodRatio {
  const [after0, after1] = [from0to0 + from0to1, from1to0 + from1to1];
  const hits = from0to1 + from1to1;
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const alike = logLikelihood(hits, after0 + after1 - hits, share(hits, after0 + after1));
  const apart =
    logLikelihood(from0to1, from0to0, share(from0to1, after0)) +
    logLikelihood(from1to1, from1to0, share(from1to1, after1));
  return likelihoodRatio(-2 * (alike - apart), 1);
}
