import type { Book } from '../book.ts';
import type { AssetRow } from '../rows.ts';
import { tradedToMove } from './traded-to-move.ts';

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
 * undefined when no market is known. See `tradedToMove`.
 */
export function depthToMove(
  book: Pick<Book, 'assets' | 'depth'>,
  asset: AssetRow,
  moves: readonly number[],
): DepthToMove[] | undefined {
  const curve = book.depth[asset];
  if (curve === undefined) return undefined;
  const quoteUsd = book.assets[curve.quote]!.oraclePriceUsd;
  return moves.map((move) => {
    const { units, quote, isEnded } = tradedToMove(curve, move);
    return { move, units, usd: quote * quoteUsd, isEnded };
  });
}
