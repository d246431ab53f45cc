import {
  assetHolders,
  depthToMove,
  exposures,
  findAsset,
  isConstantAsset,
  type AssetHolder,
  type AssetRow,
  type Book,
  type DepthToMove,
} from '@undertow/book';
import type { AssetMarket } from '@undertow/lag';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';
import { inputError } from './errors.ts';
import { checkColumns, checkFirst } from './input.ts';
import { marketAnswer, type MarketAnswer } from './market-answer.ts';
import type { BookAtHead, Head } from './shown.ts';

/** One asset over all venues, as the schema has it. What has arguments is a method. */
export interface AssetView {
  readonly head: Head;
  readonly bookHash: string;
  readonly asset: AssetAnswer;
  readonly reference: string;
  readonly tie: string;
  readonly tiedTo: AssetAnswer | undefined;
  readonly priceUsd: number;
  readonly marketPriceUsd: number | undefined;
  readonly market: MarketAnswer | undefined;
  readonly isFixed: boolean;
  readonly collateralUsd: number;
  readonly debtUsd: number;
  readonly depth: DepthView | undefined;
  readonly holderAccounts: number;
  readonly concentration: Concentration | undefined;
  holders(asked: { readonly first: number | null }): readonly AssetHolder[];
}

export interface DepthView {
  readonly quote: AssetAnswer;
  readonly sources: readonly string[];
  readonly isRequoted: boolean;
  toMove(asked: { readonly moves: readonly number[] | null }): readonly DepthToMove[];
}

export interface Concentration {
  readonly top1: number;
  readonly top5: number;
  readonly top10: number;
}

/**
 * What a book knows of the asset that a client names; throws a GraphQLError when there is none of that name.
 *
 * @param markets what assets trade at, by row.
 */
export function assetView(
  { book, head }: BookAtHead,
  symbol: string,
  markets: readonly (AssetMarket | undefined)[],
): AssetView {
  const found = findAsset(book, symbol);
  if ('problem' in found) throw inputError(found.problem);
  const { asset } = found;
  const row = book.assets.indexOf(asset) as AssetRow;
  const find = assetFinder(book.assets);
  const held = exposures(book).assets.find((one) => one.asset === asset.address);
  const holders = assetHolders(book, row);
  const market = markets[row];
  return {
    ...{ head, bookHash: book.hash, asset: find(asset.address), tie: asset.tie.kind },
    reference: book.references[asset.reference]!.symbol,
    tiedTo: asset.tie.to === undefined ? undefined : find(book.assets[asset.tie.to]!.address),
    priceUsd: asset.oraclePriceUsd,
    marketPriceUsd: market?.priceUsd,
    market: market && marketAnswer(book, market),
    isFixed: isConstantAsset(book, row),
    collateralUsd: held?.collateralUsd ?? 0,
    debtUsd: held?.debtUsd ?? 0,
    depth: depthView(book, row),
    holderAccounts: holders.length,
    concentration: concentrationOf(holders),
    holders: ({ first }) => holders.slice(0, checkFirst(first)),
  };
}

function depthView(book: Book, row: AssetRow): DepthView | undefined {
  const depth = book.depth[row];
  if (depth === undefined) return undefined;
  return {
    quote: assetFinder(book.assets)(book.assets[depth.quote]!.address),
    sources: depth.sources,
    isRequoted: depth.isRequoted,
    toMove: ({ moves }) => depthToMove(book, row, checkColumns(moves)) ?? [],
  };
}

function concentrationOf(holders: readonly AssetHolder[]): Concentration | undefined {
  if (holders.length === 0) return undefined;
  const top = (count: number) =>
    Math.min(
      1,
      holders.slice(0, count).reduce((sum, { share }) => sum + share, 0),
    );
  return { top1: top(1), top5: top(5), top10: top(10) };
}
