import { quoteBetween, unitsBetween, type DepthCurve } from '@undertow/liquidity';

/** What is traded on the way, fees left out, in units of the asset and of its quote. */
export interface TradedToMove {
  readonly units: number;
  readonly quote: number;
  /** True when the curve ends before the price has moved so far: units and quote are then all that there is. */
  readonly isEnded: boolean;
}

/** What is traded until a curve's price has moved by a ratio above -1 from where it stands: Σ L · |Δ(1/√P)| and Σ L · |Δ√P|. */
export function tradedToMove(curve: DepthCurve, move: number): TradedToMove {
  const { sqrtPrice, startSqrtPrice: start } = curve;
  const end = start * Math.sqrt(1 + move);
  const range = { low: Math.min(start, end), high: Math.max(start, end) };
  return {
    units: unitsBetween(curve, range),
    quote: quoteBetween(curve, range),
    isEnded: range.low < sqrtPrice[0]! || range.high > sqrtPrice.at(-1)!,
  };
}
