import type { AssetRow, Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { Engine } from './engine/engine.ts';
import { openEngine } from './engine/open-engine.ts';
import type { Move } from './scenario.ts';

/** By book, which does not change: a curve is asked for point by point, and laying a book out takes longer than a point. */
const opened = new WeakMap<Book, Engine>();

/**
 * What a first round of liquidators who act at any loss brings to the market of every asset, units by asset row: sold there or left
 * unsold, less what is bought.
 *
 * @throws BadDataError as `simulate` does.
 */
export function openFirstSales(book: Book): (moves: readonly Move[]) => Float64Array {
  const engine = opened.get(book) ?? openEngine(book, { kind: 'fast' });
  opened.set(book, engine);
  return (moves) => {
    let units = new Float64Array();
    engine.run([{ moves, maxRounds: 1, policies: { liquidators: { kind: 'unlimited' } } }], (outcome) => {
      units = outcome.assetToMarket as typeof units;
    });
    return units;
  };
}

/** The row of an asset. @throws BadDataError when the book has none. */
export function assetRow(book: Book, address: Address): AssetRow {
  const row = book.assets.findIndex((asset) => asset.address === address);
  if (row === -1) throw new BadDataError(`the book has no asset ${address}`);
  return row as AssetRow;
}
