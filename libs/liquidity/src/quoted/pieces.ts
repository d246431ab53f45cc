import type { PriceStep } from './marginal-steps.ts';

/** One segment of a depth curve; the ends are roots of prices. */
export interface Piece {
  readonly low: number;
  readonly high: number;
  readonly liquidity: number;
}

/**
 * Segments that take the units of each step at its average price exactly, away from a start: downwards where the steps' prices fall,
 * upwards where they rise. The price between two steps is the geometric mean of theirs; the last step ends as far beyond its
 * own price as it began before it.
 */
export function piecesOf(startPrice: number, steps: readonly PriceStep[]): Piece[] {
  let from = Math.sqrt(startPrice);
  return steps.flatMap(({ units, price }, place) => {
    const next = steps[place + 1];
    const to = next ? (price * next.price) ** 0.25 : price / from;
    const [low, high] = from < to ? [from, to] : [to, from];
    from = to;
    return halves({ low, high, units, price });
  });
}

/**
 * Two segments that meet at the average price and together take `units` for `units` × `price`:
 * with Δ₁·√(high·price) + Δ₂·√(price·low) = price·Δ (eq. 6.13–6.16 of the Uniswap v3 white paper give a segment's mean price as the
 * product of its ends' roots), Δ₁ = Δ · (√price − √low) ÷ (√high − √low).
 */
function halves({ low, high, units, price }: Omit<Piece, 'liquidity'> & PriceStep): Piece[] {
  const middle = Math.sqrt(price);
  const upper = (units * (middle - low)) / (high - low);
  return [
    { low, high: middle, liquidity: ((units - upper) * low * middle) / (middle - low) },
    { low: middle, high, liquidity: (upper * middle * high) / (high - middle) },
  ];
}
