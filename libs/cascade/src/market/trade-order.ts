import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';

/**
 * Asset rows, each before what it is exchanged for (its tie) and what it is quoted in (its curve), ties by row.
 *
 * @throws BadDataError when assets are quoted in, or tied to, each other in a circle.
 */
export function tradeOrder({ assets, depth }: Pick<Book, 'assets' | 'depth'>): number[] {
  const order: number[] = [];
  const state = new Uint8Array(assets.length);
  const visit = (row: number): void => {
    if (state[row] === 2) return;
    if (state[row] === 1)
      throw new BadDataError('assets of the book are quoted in, or tied to, each other in a circle');
    state[row] = 1;
    for (const next of [assets[row]!.tie.to, depth[row]?.quote]) if (next !== undefined) visit(next);
    state[row] = 2;
    order.push(row);
  };
  for (const row of assets.keys()) visit(row);
  return order.reverse();
}
