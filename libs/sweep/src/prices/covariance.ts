import { mean } from 'd3-array';

/** The sample covariance of rows, by pair of columns. */
export function covarianceOf(rows: readonly Float64Array[]): number[][] {
  const width = rows[0]!.length;
  const means = Array.from({ length: width }, (_, column) => mean(rows, (row) => row[column]!)!);
  return means.map((meanA, a) =>
    means.map((meanB, b) => {
      let sum = 0;
      // In one order for both halves, so that they are equal to the last bit.
      const [first, second] = a < b ? [a, b] : [b, a];
      const [low, high] = a < b ? [meanA, meanB] : [meanB, meanA];
      for (const row of rows) sum += (row[first]! - low) * (row[second]! - high);
      return sum / (rows.length - 1);
    }),
  );
}
