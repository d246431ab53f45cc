import type { Book } from './book.ts';
import type { AssetRow } from './rows.ts';

/**
 * What an asset is worth before any move, USD per unit: its oracle price, or where a token is redeemed for other than its price
 * says (`Tie.redeemedFor`), or hangs on such a token, what it can be turned into.
 */
export function restingPriceUsd({ assets }: Pick<Book, 'assets'>, row: AssetRow): number {
  let priceUsd = assets[row]!.oraclePriceUsd;
  for (let at: AssetRow | undefined = row; at !== undefined; at = assets[at]!.tie.to) {
    const { ratio, redeemedFor } = assets[at]!.tie;
    if (redeemedFor !== undefined) priceUsd *= redeemedFor / ratio;
  }
  return priceUsd;
}
