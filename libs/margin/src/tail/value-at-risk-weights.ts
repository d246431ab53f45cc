/**
 * What each scenario weighs in the value at risk, so that Σ weight × loss is that, and Σ weight × a part's loss is what the part
 * contributes: by Euler's theorem its mean loss in the scenarios in which the whole loses just the value at risk. One scenario alone
 * would be exact and say little of the parts: so the scenarios of neighbouring ranks count too, by a triangle that is half as wide on either
 * side as the tail has scenarios, and all weights are multiplied by one number, so that the sum is the value at risk to the last bit that
 * floats allow. Where the losses around it add up to nothing like it (another sign, less than half or more than twice), its own scenario alone
 * counts.
 *
 * @param losses of the whole, by scenario; at least one.
 *
 * Source: Tasche, "Risk contributions and performance measurement" (1999); Epperlein and Smillie, "Cracking VaR with kernels" (2006).
 */
export function valueAtRiskWeights(losses: Float64Array, level: number): Float64Array {
  const count = losses.length;
  const order = Uint32Array.from(losses.keys()).sort((a, b) => losses[a]! - losses[b]! || a - b);
  // Sums of many decimals must not push 0.95 × 20 above 19.
  const rank = Math.max(1, Math.ceil(count * level - 1e-9)) - 1;
  const own = losses[order[rank]!]!;
  const reach = Math.min(Math.floor((count * (1 - level)) / 2), rank, count - 1 - rank);
  const weights = new Float64Array(count);
  let sum = 0;
  for (let step = -reach; step <= reach; step++) {
    const row = order[rank + step]!;
    weights[row] = (reach + 1 - Math.abs(step)) / (reach + 1) ** 2;
    sum += weights[row] * losses[row]!;
  }
  const scale = own / sum;
  if (scale > 0.5 && scale < 2) return weights.map((weight) => weight * scale);
  return weights.map((_, row) => Number(row === order[rank]));
}
