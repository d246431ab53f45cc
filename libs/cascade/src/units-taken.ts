import { restingPriceUsd, type AssetRow, type Book } from '@undertow/book';
import { requoted, unitsBetween } from '@undertow/liquidity';

/** Units that an asset's market takes, fee included, while its price falls; undefined when it does not reach so far. */
export function unitsTaken(
  book: Book,
  row: AssetRow,
  drop: { readonly from: number; readonly to: number },
): number | undefined {
  const known = book.depth[row];
  if (!known) return undefined;
  const sqrtAt = (ratio: number) =>
    Math.sqrt((restingPriceUsd(book, row) * (1 - ratio)) / restingPriceUsd(book, known.quote));
  const [high, low] = [sqrtAt(drop.from), sqrtAt(drop.to)];
  const curve = known.isRequoted ? requoted(known, high) : known;
  if (low < curve.sqrtPrice[0]! || high > curve.sqrtPrice.at(-1)!) return undefined;
  const units = unitsBetween(curve, { low, high }) / (curve.feeOnQuote ? 1 : 1 - curve.feeRatio);
  return units > 0 ? units : undefined;
}
