import type { AssetRow, Book } from '@undertow/book';
import { shocked } from '../resolve-moves.ts';
import { marketPriceUsd, openMarket } from './market.ts';
import { placesAfter, trade } from './trade.ts';

/** What came of trading some amounts at once, where a book's markets stand. */
export interface Traded {
  /** Got less paid, pool fees taken off, USD; what no market took or gave brings nothing. */
  readonly cashUsd: number;
  /** False where some of it was taken or given by no known market. */
  readonly isFilled: boolean;
  /** Market price of an asset after the trade ÷ before. */
  readonly priceFactor: (asset: AssetRow) => number;
}

/**
 * A book's markets at rest, to ask what a trade would bring: amounts by asset, positive = sold, negative = bought, in whole units. It is the
 * trade that a liquidator makes in a cascade, along ties, through pools and quotes, in the first round of an empty shock; every
 * question begins where the markets stand.
 *
 * @param depthFactor as in a `Scenario`.
 */
export function openTrades(book: Book, depthFactor = 1): (amounts: ReadonlyMap<AssetRow, number>) => Traded {
  const market = openMarket(book, depthFactor);
  const { places } = shocked(book, market, { moves: [] });
  return (amounts) => {
    const net = new Float64Array(book.assets.length);
    for (const [asset, amount] of amounts) net[asset]! += amount;
    const done = trade(market, places, net);
    const after = placesAfter(market, places, done);
    return {
      cashUsd: done.cashUsd,
      isFilled: done.assets.every(({ unsold, unbought }) => unsold === 0 && unbought === 0),
      priceFactor: (asset) => marketPriceUsd(market, after, asset) / marketPriceUsd(market, places, asset),
    };
  };
}
