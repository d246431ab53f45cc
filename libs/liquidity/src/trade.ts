import type { DepthCurve, Fill } from './curve.ts';

/** A fill that is written again and again: a cascade trades millions of times. */
export type FillSlot = { -readonly [Key in keyof Fill]: Fill[Key] };

export const emptyFill = (): FillSlot => ({ filled: 0, unfilled: 0, quoteAmount: 0, sqrtPriceAfter: 0 });

/**
 * Sells asset units into a curve from a price on it. Quote received = Δasset · √P · √P′ summed over segments, with
 * √P′ = √P ÷ (1 + Δasset · √P ÷ L) and the fee taken off the input first, or off the quote in the end (`feeOnQuote`). What is
 * left at the low end of the curve is unfilled. Amount 0 gives an empty fill at the same price.
 *
 * @param into where the fill is written, to spare a new one.
 */
export function sell(
  curve: DepthCurve,
  sqrtPrice: number,
  amount: number,
  into: FillSlot = emptyFill(),
): Fill {
  const { sqrtPrice: ends, liquidity, feeOnQuote = false } = curve;
  const keep = feeOnQuote ? 1 : 1 - curve.feeRatio;
  const keepOfQuote = feeOnQuote ? 1 - curve.feeRatio : 1;
  let price = clampToCurve(curve, sqrtPrice);
  const offered = amount * keep;
  let left = offered;
  let quoteAmount = 0;
  for (let i = segmentBelow(ends, price); i >= 0 && left > 0; i--) {
    const low = ends[i]!;
    const depth = liquidity[i]!;
    const capacity = (depth * (price - low)) / (price * low);
    const whole = left >= capacity;
    const next = whole ? low : price / (1 + (left * price) / depth);
    const taken = whole ? capacity : left;
    quoteAmount += taken * price * next;
    left -= taken;
    price = next;
  }
  into.unfilled = left === offered ? amount : left / keep;
  into.filled = amount - into.unfilled;
  into.quoteAmount = quoteAmount * keepOfQuote;
  into.sqrtPriceAfter = price;
  return into;
}

/**
 * Buys asset units from a curve from a price on it. Quote paid = Δasset · √P · √P′ ÷ (1 − fee) summed over segments,
 * with √P′ = √P ÷ (1 − Δasset · √P ÷ L): the input is quote, so that the fee always is. What is missing at the high end of the
 * curve is unfilled.
 *
 * @param into where the fill is written, to spare a new one.
 */
export function buy(
  curve: DepthCurve,
  sqrtPrice: number,
  amount: number,
  into: FillSlot = emptyFill(),
): Fill {
  const { sqrtPrice: ends, liquidity } = curve;
  let price = clampToCurve(curve, sqrtPrice);
  let left = amount;
  let quoteNet = 0;
  for (let i = segmentAbove(ends, price); i < liquidity.length && left > 0; i++) {
    const high = ends[i + 1]!;
    const depth = liquidity[i]!;
    const capacity = (depth * (high - price)) / (price * high);
    const whole = left >= capacity;
    const next = whole ? high : price / (1 - (left * price) / depth);
    const taken = whole ? capacity : left;
    quoteNet += taken * price * next;
    left -= taken;
    price = next;
  }
  into.filled = amount - left;
  into.unfilled = left;
  into.quoteAmount = quoteNet / (1 - curve.feeRatio);
  into.sqrtPriceAfter = price;
  return into;
}

function clampToCurve({ sqrtPrice: ends }: DepthCurve, sqrtPrice: number): number {
  const low = ends[0] ?? sqrtPrice;
  const high = ends[ends.length - 1] ?? sqrtPrice;
  return Math.min(Math.max(sqrtPrice, low), high);
}

/** Last segment that starts below a price; -1 at the low end. */
function segmentBelow(ends: Float64Array, price: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < price) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** First segment that ends above a price; the number of segments at the high end. */
function segmentAbove(ends: Float64Array, price: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= price) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
