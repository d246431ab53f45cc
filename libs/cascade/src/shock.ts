import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import type { Scenario } from './result.ts';

/** Prices right after a shock, before anybody has reacted. */
export interface ShockedPrices {
  /** USD by asset row: what its first oracle says. */
  readonly assetPriceUsd: Float64Array;
  /** USD by asset row: where its market stands. */
  readonly marketPriceUsd: Float64Array;
  /** USD by oracle row. */
  readonly oraclePriceUsd: Float64Array;
  /** Raw answers by oracle row, rounded to what a feed can say. */
  readonly exactAnswers: readonly bigint[];
}

/**
 * Moves every named asset to `oraclePriceUsd × (1 + shock)`: its oracles in proportion, and its market to the same
 * price (pools have been traded to it by arbitrage). Other assets stay as they are: the oracle where it is, the market
 * where its pool is.
 *
 * @throws BadDataError for an asset that the book lacks, and for a shock that is not a number above -1.
 */
export function shockedPrices(book: Book, scenario: Scenario): ShockedPrices {
  const factor = new Float64Array(book.assets.length).fill(1);
  const marketPriceUsd = Float64Array.from(
    book.assets,
    (asset) => asset.marketPriceUsd ?? asset.oraclePriceUsd,
  );
  for (const [address, shock] of Object.entries(scenario.shocks)) {
    const row = book.assets.findIndex((asset) => asset.address === address);
    if (row === -1)
      throw new BadDataError(`the book has no asset ${address} to shock; it names ${namesOf(book)}`);
    if (!Number.isFinite(shock) || shock <= -1) {
      throw new BadDataError(
        `a shock must be a ratio above -1 (-0.2 = 20 % down), but that of ${address} is ${shock}`,
      );
    }
    factor[row] = 1 + shock;
    marketPriceUsd[row] = book.assets[row]!.oraclePriceUsd * factor[row]!;
  }
  return {
    assetPriceUsd: Float64Array.from(book.assets, (asset, row) => asset.oraclePriceUsd * factor[row]!),
    marketPriceUsd,
    oraclePriceUsd: Float64Array.from(book.oracles, (oracle) => oracle.priceUsd * factor[oracle.asset]!),
    exactAnswers: book.exact.answer.map((answer, row) =>
      movedAnswer(answer, factor[book.oracles[row]!.asset]!),
    ),
  };
}

function movedAnswer(answer: bigint, factor: number): bigint {
  return factor === 1 ? answer : BigInt(Math.round(Number(answer) * factor));
}

function namesOf(book: Book): string {
  return book.assets.map((asset) => `${asset.address} (${asset.symbol})`).join(', ') || 'none';
}
