import type { Book, BookAsset } from '../book.ts';
import type { AssetRow } from '../rows.ts';

/** What an asset trades at. */
export interface StandingMarket {
  /** USD per unit. */
  readonly priceUsd: number;
  /** The asset whose own market says so: itself, or what it is exchanged for. */
  readonly of: AssetRow;
}

/**
 * What every asset trades at, by row; undefined where nobody can say: the price of its deepest market, or, without
 * one, of what it is exchanged for at once (wrapped) or at a ratio (redeemable), times the ratio that the token itself
 * says. What is merely pegged to something
 * need not trade where that does. What markets are quoted in has no market of its own.
 */
export function standingMarkets({ assets }: Pick<Book, 'assets'>): (StandingMarket | undefined)[] {
  const known = assets.map(({ marketPriceUsd }, row): StandingMarket | undefined =>
    marketPriceUsd === undefined ? undefined : { priceUsd: marketPriceUsd, of: row as AssetRow },
  );
  const isUnderWay = assets.map(() => false);
  const marketOf = (row: number): StandingMarket | undefined => {
    const own = known[row];
    if (own !== undefined || isUnderWay[row]) return own;
    isUnderWay[row] = true;
    const { tie, reference } = assets[row]!;
    if (tie.kind === 'wrapped' || tie.kind === 'redeemable') {
      const base = tie.to === undefined ? referenceMarket(assets, reference) : marketOf(tie.to);
      if (base !== undefined)
        known[row] = { priceUsd: base.priceUsd * (tie.redeemedFor ?? tie.ratio), of: base.of };
    }
    return known[row];
  };
  return assets.map((_, row) => marketOf(row));
}

/** The prices of `standingMarkets`. */
export const marketPrices = (book: Pick<Book, 'assets'>): (number | undefined)[] =>
  standingMarkets(book).map((market) => market?.priceUsd);

/** What a family's reference trades at: by an asset that stands for it and has a market. */
function referenceMarket(assets: readonly BookAsset[], reference: number): StandingMarket | undefined {
  const of = assets.findIndex(
    ({ tie, marketPriceUsd, reference: family }) =>
      family === reference &&
      tie.to === undefined &&
      (tie.kind === 'none' || tie.kind === 'wrapped') &&
      marketPriceUsd !== undefined,
  );
  const stand = assets[of];
  return stand && { priceUsd: stand.marketPriceUsd! / stand.tie.ratio, of: of as AssetRow };
}
