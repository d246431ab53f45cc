import type { Book, PriceNode } from '@undertow/book';

/**
 * What every base feed of a book would answer if it said what markets say, by row, in whole units: what it prices, divided by what it
 * answers in where that is not USD. Undefined where one of the two has no market.
 *
 * @param prices what assets trade at, USD per unit, by row.
 */
export function feedMarkets(
  { feeds, assets }: Pick<Book, 'feeds' | 'assets'>,
  prices: readonly (number | undefined)[],
): (number | undefined)[] {
  const priceOf = ({ kind, row }: PriceNode): number | undefined => {
    if (kind === 'asset') return prices[row];
    // A reference is what an asset that stands for it trades at.
    const stand = assets.findIndex(
      ({ reference, tie }, asset) =>
        reference === row &&
        tie.to === undefined &&
        (tie.kind === 'none' || tie.kind === 'wrapped') &&
        prices[asset] !== undefined,
    );
    return stand === -1 ? undefined : prices[stand]! / assets[stand]!.tie.ratio;
  };
  return feeds.map(({ over, under }) => {
    const [one, other] = [priceOf(over), under === undefined ? 1 : priceOf(under)];
    return one === undefined || other === undefined ? undefined : one / other;
  });
}
