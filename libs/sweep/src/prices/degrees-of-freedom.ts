import { forwardSolved } from '../plan/triangle.ts';
import { rootOfCovariance } from '../plan/root-of-covariance.ts';
import { goldenMaximum } from './golden-maximum.ts';
import { logGamma } from './log-gamma.ts';

/** Where degrees of freedom are looked for; at the upper end the tails are as good as normal. */
const RANGE = { least: 2.05, greatest: 200 };

/**
 * Degrees of freedom of a multivariate Student-t with mean 0 and this covariance, by maximum likelihood. The covariance itself is
 * taken as it was estimated, by moments.
 *
 * @throws BadDataError as `rootOfCovariance` does.
 */
export function degreesOfFreedom(
  rows: readonly Float64Array[],
  covariance: readonly (readonly number[])[],
): number {
  const root = rootOfCovariance(covariance);
  const width = root.length;
  const squares = rows.map((row) => forwardSolved(root, row).reduce((sum, z) => sum + z * z, 0));
  const likelihood = (nu: number) => {
    const constant =
      logGamma((nu + width) / 2) - logGamma(nu / 2) - (width / 2) * Math.log((nu - 2) * Math.PI);
    // Of the scale matrix, covariance × (ν − 2) ÷ ν, only what depends on ν.
    let sum = constant * squares.length;
    for (const square of squares) sum -= ((nu + width) / 2) * Math.log1p(square / (nu - 2));
    return sum;
  };
  // The likelihood is flatter the more degrees there are: even steps of its logarithm.
  const found = goldenMaximum((x) => likelihood(2 + Math.exp(x)), {
    least: Math.log(RANGE.least - 2),
    greatest: Math.log(RANGE.greatest - 2),
  });
  return 2 + Math.exp(found);
}
