import { chiSquaredAt, normalAt } from '../random/draws.ts';
import { spread } from './triangle.ts';
import type { StudentTModel } from './plan.ts';
import { rootOfCovariance } from './root-of-covariance.ts';

/** Log returns by factor of one scenario, a function of seed and index alone. */
export type DrawReturns = (place: { readonly seed: number; readonly index: number }) => Float64Array;

/**
 * Opens a model for drawing.
 *
 * @throws BadDataError as `rootOfCovariance` does.
 */
export function openStudentT({ degreesOfFreedom, covariance }: StudentTModel): DrawReturns {
  const root = rootOfCovariance(covariance);
  // A t of ν degrees has ν ÷ (ν − 2) times the variance of what it is scaled from.
  const scale = Math.sqrt(degreesOfFreedom - 2);
  return ({ seed, index }) => {
    const normal = Float64Array.from(root, (_, factor) => normalAt({ seed, index, dimension: 1 + factor }));
    const stretch = scale / Math.sqrt(chiSquaredAt({ seed, index, dimension: 0 }, degreesOfFreedom));
    return spread(root, normal).map((value) => value * stretch);
  };
}
