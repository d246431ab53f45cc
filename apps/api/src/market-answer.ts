import type { Book } from '@undertow/book';
import type { AssetMarket } from '@undertow/lag';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';

/** What an asset trades at, with who stands behind it, as the schema has it. */
export type MarketAnswer = Omit<AssetMarket, 'of'> & { readonly of: AssetAnswer; readonly counted: number };

/** Writes what an asset trades at as the schema has it. */
export const marketAnswer = ({ assets }: Pick<Book, 'assets'>, market: AssetMarket): MarketAnswer => ({
  ...market,
  of: assetFinder(assets)(assets[market.of]!.address),
  counted: market.sources.filter(({ rejected }) => rejected === undefined).length,
});
