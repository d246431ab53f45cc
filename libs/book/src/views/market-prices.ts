import type { Book, BookAsset } from '../book.ts';

/**
 * The market price of every asset, USD per unit, by row; undefined where nobody can say: the price of its deepest market, or, without
 * one, of what it is exchanged for at once (wrapped) or at a ratio (redeemable), times the ratio that the token itself says. What is merely pegged to something
 * need not trade where that does. What markets are quoted in has no market of its own.
 */
export function marketPrices({ assets }: Pick<Book, 'assets'>): (number | undefined)[] {
  const known = assets.map(({ marketPriceUsd }) => marketPriceUsd);
  const isUnderWay = assets.map(() => false);
  const priceOf = (row: number): number | undefined => {
    const own = known[row];
    if (own !== undefined || isUnderWay[row]) return own;
    isUnderWay[row] = true;
    const { tie, reference } = assets[row]!;
    if (tie.kind === 'wrapped' || tie.kind === 'redeemable') {
      const base = tie.to === undefined ? referencePrice(assets, reference) : priceOf(tie.to);
      if (base !== undefined) known[row] = base * (tie.redeemedFor ?? tie.ratio);
    }
    return known[row];
  };
  return assets.map((_, row) => priceOf(row));
}

/** What a family's reference trades at: by an asset that stands for it and has a market. */
function referencePrice(assets: readonly BookAsset[], reference: number): number | undefined {
  const stand = assets.find(
    ({ tie, marketPriceUsd, reference: of }) =>
      of === reference &&
      tie.to === undefined &&
      (tie.kind === 'none' || tie.kind === 'wrapped') &&
      marketPriceUsd !== undefined,
  );
  return stand && stand.marketPriceUsd! / stand.tie.ratio;
}
