import type { AssetRow, Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { requotedAt, type Market } from './market/market.ts';
import { shocked } from './resolve-moves.ts';
import { runOf } from './run.ts';
import { DEFAULT_POLICIES, type Move } from './scenario.ts';

/**
 * What a first round of liquidators who act at any loss brings to the market of every asset, units by asset row: sold there or left
 * unsold, less what is bought.
 *
 * @throws BadDataError as `shocked` does.
 */
export function firstSales(market: Market, moves: readonly Move[]): Float64Array {
  const { book } = market;
  const policies = { ...DEFAULT_POLICIES, liquidators: { kind: 'unlimited' } } as const;
  const shock = shocked(book, market, { moves });
  const world = { book, market: requotedAt(market, shock.places), feeds: shock.feeds, policies };
  const { steps } = runOf(world, shock, { maxRounds: 1 });
  const units = new Float64Array(book.assets.length);
  for (const { calls } of steps)
    for (const { trade } of calls)
      for (let asset = 0; asset < units.length; asset++)
        units[asset]! += trade.sold[asset]! + trade.unsold[asset]! - trade.bought[asset]!;
  return units;
}

/** The row of an asset. @throws BadDataError when the book has none. */
export function assetRow(book: Book, address: Address): AssetRow {
  const row = book.assets.findIndex((asset) => asset.address === address);
  if (row === -1) throw new BadDataError(`the book has no asset ${address}`);
  return row as AssetRow;
}
