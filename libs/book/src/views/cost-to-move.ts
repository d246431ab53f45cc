import type { Book } from '../book.ts';
import type { AssetRow } from '../rows.ts';
import { tradedToMove } from './traded-to-move.ts';

/** What somebody loses who pushes an asset's market to another price. */
export interface CostToMove {
  /** What is traded, USD at the price before. */
  readonly tradedUsd: number;
  /**
   * What is lost on it, fees included, USD: the worth of what was given less that of what was got, both at the price before. It is
   * lost when others bring the price back, as they do where it is only pushed.
   */
  readonly costUsd: number;
  /** True when the known market ends on the way: both figures are then all that there is to trade, and the price is not reached. */
  readonly isEnded: boolean;
}

/**
 * What it costs to move the price of an asset's known market by a ratio above -1 (-0.1 = 10 % down) from where it stands;
 * undefined where no market is known. Selling u units for q of quote at a first price P, with a fee f on what is given:
 * P · u ÷ (1 − f) − q; buying them: q ÷ (1 − f) − P · u. A move of 0 costs nothing.
 */
export function costToMove(
  book: Pick<Book, 'assets' | 'depth'>,
  asset: AssetRow,
  move: number,
): CostToMove | undefined {
  const curve = book.depth[asset];
  if (curve === undefined) return undefined;
  const { startSqrtPrice: start, feeRatio, feeOnQuote = false } = curve;
  const { units, quote, isEnded } = tradedToMove(curve, move);
  const kept = 1 - feeRatio;
  const worth = units * start * start;
  const sold = feeOnQuote ? worth - quote * kept : worth / kept - quote;
  const cost = move < 0 ? sold : quote / kept - worth;
  const quoteUsd = book.assets[curve.quote]!.oraclePriceUsd;
  return {
    tradedUsd: (move < 0 ? worth : quote) * quoteUsd,
    costUsd: cost * quoteUsd,
    isEnded,
  };
}
