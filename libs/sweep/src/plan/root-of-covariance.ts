import { BadDataError } from '@undertow/units';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** How far the two halves of a covariance may differ, as a ratio of the deviations: the rounding of who wrote it down. */
const ASYMMETRY = 1e-9;

/**
 * The lower triangle L with L Lᵀ = covariance, by row: L times independent draws of variance 1 has that covariance.
 *
 * @throws BadDataError where it is not symmetric or not positive definite.
 */
export function rootOfCovariance(covariance: readonly (readonly number[])[]): Float64Array[] {
  for (const [row, line] of covariance.entries())
    for (let column = 0; column < row; column++) {
      const scale = Math.sqrt(Math.abs(covariance[row]![row]! * covariance[column]![column]!));
      if (Math.abs(line[column]! - covariance[column]![row]!) > ASYMMETRY * scale)
        throw new BadDataError(
          `the covariance is not symmetric: [${row}][${column}] is ${line[column]}, but [${column}][${row}] is ${covariance[column]![row]}`,
        );
    }
  // The package takes exact symmetry alone for symmetry.
  const symmetric = covariance.map((line, row) =>
    line.map((value, column) => (column > row ? covariance[column]![row]! : value)),
  );
  const decomposed = new CholeskyDecomposition(new Matrix(symmetric));
  if (!decomposed.isPositiveDefinite())
    throw new BadDataError(
      'the covariance is not positive definite: one factor does not move, or moves exactly as others do; leave it out',
    );
  return decomposed.lowerTriangularMatrix.to2DArray().map((line) => Float64Array.from(line));
}
