/** z with L z = x, of a lower triangle L: with a covariance's root, x in independent units of deviation. */
export function forwardSolved(root: readonly Float64Array[], x: ArrayLike<number>): Float64Array {
  const z = new Float64Array(root.length);
  for (let row = 0; row < root.length; row++) {
    let left = x[row]!;
    for (let column = 0; column < row; column++) left -= root[row]![column]! * z[column]!;
    z[row] = left / root[row]![row]!;
  }
  return z;
}

/** L z. */
export const spread = (root: readonly Float64Array[], z: ArrayLike<number>): Float64Array =>
  Float64Array.from(root, (line, row) => {
    let sum = 0;
    for (let column = 0; column <= row; column++) sum += line[column]! * z[column]!;
    return sum;
  });
