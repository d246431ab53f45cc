import { BadDataError } from '@undertow/units';
import type { BookContent } from '../file/canonical.ts';
import { assetRow } from './find-row.ts';
import type { TermsOverride } from './override.ts';

/** A book in which an asset's markets can absorb so many times as much. */
export function withDepth(
  book: BookContent,
  { asset, factor }: Extract<TermsOverride, { kind: 'depth' }>,
): BookContent {
  const row = assetRow(book, asset);
  const curve = book.depth[row];
  const { symbol } = book.assets[row]!;
  if (!curve) throw new BadDataError(`no depth of ${symbol} is known, so that none can be multiplied`);
  if (!(factor > 0 && Number.isFinite(factor)))
    throw new BadDataError(`the depth of ${symbol} must be multiplied by a number above 0, not ${factor}`);
  const deepened = { ...curve, liquidity: curve.liquidity.map((depth) => depth * factor) };
  return { ...book, depth: book.depth.with(row, deepened) };
}
