import type { DepthCurve, Fill } from './curve.ts';

/**
 * Sells asset units into a curve from a price on it. Quote received = Δasset · √P · √P′ summed over segments, with
 * √P′ = √P ÷ (1 + Δasset · √P ÷ L) and the fee taken off the input first, or off the quote in the end (`feeOnQuote`). What is
 * left at the low end of the curve is unfilled. Amount 0 gives an empty fill at the same price.
 */
export function sell(curve: DepthCurve, sqrtPrice: number, amount: number): Fill {
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
  const unfilled = left === offered ? amount : left / keep;
  return {
    filled: amount - unfilled,
    unfilled,
    quoteAmount: quoteAmount * keepOfQuote,
    sqrtPriceAfter: price,
  };
}

/**
 * Buys asset units from a curve from a price on it. Quote paid = Δasset · √P · √P′ ÷ (1 − fee) summed over segments,
 * with √P′ = √P ÷ (1 − Δasset · √P ÷ L): the input is quote, so that the fee always is. What is missing at the high end of the
 * curve is unfilled.
 */
export function buy(curve: DepthCurve, sqrtPrice: number, amount: number): Fill {
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
  return {
    filled: amount - left,
    unfilled: left,
    quoteAmount: quoteNet / (1 - curve.feeRatio),
    sqrtPriceAfter: price,
  };
}

function clampToCurve({ sqrtPrice: ends }: DepthCurve, sqrtPrice: number): number {
  const low = ends[0] ?? sqrtPrice;
  const high = ends[ends.length - 1] ?? sqrtPrice;
  return Math.min(Math.max(sqrtPrice, low), high);
}

/** Last segment that starts below a price; -1 at the low end. */
function segmentBelow(ends: Float64Array, price: number): number {
  return countWhile(ends, (end) => end < price) - 1;
}

/** First segment that ends above a price; the number of segments at the high end. */
function segmentAbove(ends: Float64Array, price: number): number {
  return Math.max(0, countWhile(ends, (end) => end <= price) - 1);
}

/** How many entries from the front satisfy a test that holds up to some entry and for none after it. */
function countWhile(ends: Float64Array, holds: (end: number) => boolean): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(ends[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
