import { quoteBetween, unitsBetween } from '@undertow/liquidity';
import type { Book } from '../book.ts';
import type { AssetRow } from '../rows.ts';

/** What it takes to move an asset's market by so much. */
export interface DepthToMove {
  /** -0.1 = 10 % down, by selling; 0.1 = 10 % up, by buying. */
  readonly move: number;
  /** Units of the asset sold or bought on the way. */
  readonly units: number;
  /** What is paid for them, by the market or to it, at the present price of what it is quoted in; fees left out. */
  readonly usd: number;
  /** True when the known market ends before the price has moved so far: units and usd are then all that there is. */
  readonly isEnded: boolean;
}

/**
 * Units and USD that move the price of an asset's known market from where it stands, one row per move (above -1, not 0);
 * undefined when no market is known. Units are Σ L · |Δ(1/√P)| and quote Σ L · |Δ√P| over the segments of its curve.
 */
export function depthToMove(
  book: Pick<Book, 'assets' | 'depth'>,
  asset: AssetRow,
  moves: readonly number[],
): DepthToMove[] | undefined {
  const curve = book.depth[asset];
  if (curve === undefined) return undefined;
  const { sqrtPrice, startSqrtPrice: start } = curve;
  const quoteUsd = book.assets[curve.quote]!.oraclePriceUsd;
  return moves.map((move) => {
    const end = start * Math.sqrt(1 + move);
    const range = move < 0 ? { low: end, high: start } : { low: start, high: end };
    return {
      move,
      units: unitsBetween(curve, range),
      usd: quoteBetween(curve, range) * quoteUsd,
      isEnded: range.low < sqrtPrice[0]! || range.high > sqrtPrice.at(-1)!,
    };
  });
}
