import { black76 } from '../pricing/black-76.ts';
import { impliedVolatility } from '../pricing/implied-volatility.ts';
import { normalDensity, normalDistribution } from '../pricing/normal-distribution.ts';
import { splineValue } from './convex-spline.ts';
import { isDensity, smoothVolatility } from './smooth-segment.ts';

/** Volatilities of one expiry by strike, ready to be read between the strikes. */
export interface Smile {
  readonly years: number;
  readonly knots: readonly SmileKnot[];
  /** By the knot on the left: whether the smooth curve to the next one is free of arbitrage. */
  readonly isSmooth: readonly boolean[];
}

export interface SmilePoint {
  /** Strike ÷ forward. */
  readonly moneyness: number;
  readonly volatility: number;
}

interface SmileKnot extends SmilePoint {
  /** Slope of the volatility by log-moneyness. */
  readonly turn: number;
  /** Undiscounted prices ÷ forward, and their slopes by moneyness. */
  readonly call: Price;
  readonly put: Price;
}

interface Price {
  readonly value: number;
  readonly slope: number;
}

/**
 * The smile of points, which are sorted by moneyness and differ in it; at least one, and time left.
 *
 * At each point the price gets the slope that the parabola through three neighbouring volatilities gives, moved between
 * the secants on its two sides. From point to point runs a cubic in volatility with these slopes, where it is free of
 * arbitrage (`isDensity`), and otherwise a quadratic spline in prices with the same slopes, which is convex wherever
 * the points are. So prices have no kinks and are convex, and no butterfly is worth less than nothing, unless one of
 * given points is.
 */
export function smileOf(years: number, points: readonly SmilePoint[]): Smile {
  const turns = points.map((_, row) => turnAt(points, row));
  const calls = pricesOf(true, { years, points, turns });
  const puts = pricesOf(false, { years, points, turns });
  const knots = points.map((point, row) => {
    const [call, put] = [calls[row]!, puts[row]!];
    const isMoved = call.isMoved || put.isMoved;
    const turn = isMoved ? turnOf(point.moneyness < 1 ? put.slope : call.slope, point, years) : turns[row]!;
    return { ...point, turn, call, put };
  });
  const isSmooth = knots.slice(1).map((to, row) => isDensity(knots[row]!, to, years));
  return { years, knots, isSmooth };
}

/** Volatility at a moneyness within the smile's; undefined where given points are no prices to go between. */
export function volatilityBetween({ knots, isSmooth, years }: Smile, moneyness: number): number | undefined {
  const place = knots.findIndex((knot) => knot.moneyness >= moneyness);
  const to = knots[place]!;
  if (to.moneyness === moneyness) return to.volatility;
  const from = knots[place - 1]!;
  if (isSmooth[place - 1]!) return smoothVolatility(from, to, Math.log(moneyness)).value;
  const isCall = moneyness >= 1;
  const priceUsd = splinePrice(from, to, moneyness);
  const found = impliedVolatility({ isCall, forwardUsd: 1, strikeUsd: moneyness, years, priceUsd });
  return 'volatility' in found ? found.volatility : undefined;
}

/** Price of the option out of the money by the quadratic spline. */
function splinePrice(from: SmileKnot, to: SmileKnot, moneyness: number): number {
  // Prices of calls and puts differ by a line, and so do the splines; that of the smaller ones has more digits.
  const side = to.moneyness <= 1 ? 'put' : 'call';
  const value = splineValue(
    {
      from: from.moneyness,
      to: to.moneyness,
      valueFrom: from[side].value,
      valueTo: to[side].value,
      slopeFrom: from[side].slope,
      slopeTo: to[side].slope,
    },
    moneyness,
  );
  return side === 'call' && moneyness < 1 ? value - 1 + moneyness : value;
}

/**
 * Slope of the volatility by log-moneyness: that of the parabola through a point and its neighbours, at the ends through
 * the next two; of the line where there are only two points, and 0 where there is one.
 */
function turnAt(points: readonly SmilePoint[], row: number): number {
  if (points.length === 1) return 0;
  const middle = Math.min(Math.max(row, 1), points.length - 2);
  const [left, here, right] = [points[middle - 1]!, points[middle]!, points[middle + 1]!];
  if (points.length === 2) return secantOf(points[0]!, points[1]!);
  const [first, second] = [secantOf(left, here), secantOf(here, right)];
  const [before, after] = [distance(left, here), distance(here, right)];
  const bend = (second - first) / (before + after);
  if (row < middle) return first - bend * before;
  return row > middle ? second + bend * after : first + bend * before;
}

const distance = (from: SmilePoint, to: SmilePoint): number => Math.log(to.moneyness / from.moneyness);

const secantOf = (from: SmilePoint, to: SmilePoint): number =>
  (to.volatility - from.volatility) / distance(from, to);

interface Turned {
  readonly years: number;
  readonly points: readonly SmilePoint[];
  readonly turns: readonly number[];
}

/** Prices at the points with their slopes, each between the secants on its two sides; halfway where those fall. */
function pricesOf(
  isCall: boolean,
  { years, points, turns }: Turned,
): readonly (Price & { isMoved: boolean })[] {
  const values = points.map((point) => pricePerForward(isCall, point, years));
  const secants = points
    .slice(1)
    .map(({ moneyness }, row) => (values[row + 1]! - values[row]!) / (moneyness - points[row]!.moneyness));
  return points.map((point, row) => {
    const [before, after] = [secants[row - 1] ?? -Infinity, secants[row] ?? Infinity];
    const { still, vega } = slopeParts(isCall, point, years);
    const wished = still + vega * turns[row]!;
    const slope = before <= after ? Math.min(after, Math.max(before, wished)) : (before + after) / 2;
    return { value: values[row]!, slope, isMoved: slope !== wished };
  });
}

/** Undiscounted price ÷ forward. */
export function pricePerForward(
  isCall: boolean,
  { moneyness, volatility }: SmilePoint,
  years: number,
): number {
  return black76({ isCall, forwardUsd: 1, strikeUsd: moneyness, years, volatility });
}

/** Slope of a price by moneyness: `still` where the volatility is flat, and `vega` for each unit that it turns. */
function slopeParts(isCall: boolean, { moneyness, volatility }: SmilePoint, years: number) {
  const root = Math.sqrt(years);
  const deviation = volatility * root;
  const d1 = -Math.log(moneyness) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const still = isCall ? -normalDistribution(d2) : normalDistribution(-d2);
  return { still, vega: (normalDensity(d1) * root) / moneyness };
}

/** The turn of the volatility that gives an option out of the money a slope; 0 where no turn is felt. */
function turnOf(slope: number, point: SmilePoint, years: number): number {
  const { still, vega } = slopeParts(point.moneyness >= 1, point, years);
  return vega > 0 ? (slope - still) / vega : 0;
}
