/** By node of a tree of prices: itself and all that hangs on it, each after what it hangs on; see `PriceTree`. */
export function nodesBelow({
  count,
  order,
  base,
}: {
  readonly count: number;
  readonly order: readonly number[];
  readonly base: Int32Array;
}): Int32Array[] {
  const below: number[][] = Array.from({ length: count }, () => []);
  for (const node of order) for (let at = node; at !== -1; at = base[at]!) below[at]!.push(node);
  return below.map((nodes) => Int32Array.from(nodes));
}
