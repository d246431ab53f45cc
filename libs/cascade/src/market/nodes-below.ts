import type { PriceTree } from './price-tree.ts';

/** By node of a price tree: itself and all that hangs on it, each after what it hangs on. */
export function nodesBelow({ count, order, base }: Omit<PriceTree, 'below'>): Int32Array[] {
  const below: number[][] = Array.from({ length: count }, () => []);
  for (const node of order) for (let at = node; at !== -1; at = base[at]!) below[at]!.push(node);
  return below.map((nodes) => Int32Array.from(nodes));
}
