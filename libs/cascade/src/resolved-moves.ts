import { restingPriceUsd, type AssetRow, type Book } from '@undertow/book';
import { marketPriceUsd, type Market } from './market/market.ts';
import type { Shocked } from './resolve-moves.ts';

/** What a scenario did to one asset before anybody reacted. */
export interface ResolvedMove {
  readonly asset: string;
  readonly symbol: string;
  /** Of its market, a ratio. */
  readonly marketMove: number;
  /** Of its oracles, each different move once, in the order of the book; empty when no venue prices it. */
  readonly oracleMoves: readonly number[];
}

/** What a scenario does to every asset, in the order of the book. */
export function resolvedMoves(book: Book, market: Market, shock: Shocked): ResolvedMove[] {
  return book.assets.map(({ address, symbol }, row) => {
    const after = marketPriceUsd(market, shock.places, row);
    const isMoved = shock.moved[market.tree.references + row] === 1;
    const moves = book.oracles.flatMap((oracle, i) =>
      oracle.asset === row ? [shock.prices.oraclePriceUsd[i]! / oracle.priceUsd - 1] : [],
    );
    return {
      asset: address,
      symbol,
      marketMove: isMoved ? after / restingPriceUsd(book, row as AssetRow) - 1 : 0,
      oracleMoves: [...new Set(moves.map((move) => Number(move.toFixed(9))))],
    };
  });
}
