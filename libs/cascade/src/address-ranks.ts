import { compareText, type Book } from '@undertow/book';

/** By asset, its place among all by address. */
export function addressRanks({ assets }: Book): Int32Array {
  const order = [...assets.keys()].sort((a, b) => compareText(assets[a]!.address, assets[b]!.address));
  const ranks = new Int32Array(order.length);
  for (const [rank, row] of order.entries()) ranks[row] = rank;
  return ranks;
}
