import type { Book } from '@undertow/book';
import { feedback, type FeedbackOptions } from '@undertow/cascade';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** How strongly liquidation feeds itself in the whole book, at one point of a fall. */
export interface WholeReproduction {
  /** Of all prices, a ratio; 0 = the current prices. */
  readonly drop: number;
  /**
   * Spectral radius of the feedback matrix: what a small fall of the prices grows by from round to round once it has the shape that grows
   * most. Below 1 it dies out, at 1 and above it feeds itself. At least the greatest reproduction number of one asset by itself.
   */
  readonly reproduction: number;
  /** Symbols of assets without a market of their own there. */
  readonly leftOut: readonly string[];
}

/**
 * The reproduction number of the whole book, now and along a fall of all assets together; see `feedback` for what it is made of.
 *
 * @throws BadDataError as `feedback` does.
 */
export function wholeReproduction(book: Book, options: FeedbackOptions): WholeReproduction[] {
  const symbols = new Map(book.assets.map(({ address, symbol }) => [address, symbol]));
  return feedback(book, options).map(({ drop, matrix, leftOut }) => ({
    drop,
    reproduction: spectralRadius(matrix),
    leftOut: leftOut.map((address) => symbols.get(address)!),
  }));
}

/** The greatest modulus of an eigenvalue; 0 of no matrix. */
export function spectralRadius(matrix: readonly Float64Array[]): number {
  if (matrix.length === 0) return 0;
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
    new Matrix(matrix.map((row) => [...row])),
  );
  return realEigenvalues.reduce(
    (most, real, at) => Math.max(most, Math.hypot(real, imaginaryEigenvalues[at]!)),
    0,
  );
}
