import { bisectLeft, bisectRight } from 'd3-array';

/** Prices over time: times in unix seconds, strictly rising; prices above 0. A price holds from its time until the next. */
export interface PriceSeries {
  readonly times: Float64Array;
  readonly prices: Float64Array;
}

/** One price as a source said it. */
export interface PricePoint {
  /** Unix seconds. */
  readonly time: number;
  readonly price: number;
}

/** How many points of a source were not as a source should say them. */
export interface PointFaults {
  /** Zero, negative, infinite or no number: left out. */
  readonly noPrice: number;
  /** Its time is no number: left out. */
  readonly noTime: number;
  /** Came after a point of a later time: put in its place. */
  readonly wentBack: number;
  /** Said the same time and price again: one is kept. */
  readonly repeated: number;
  /** Said another price for the same time: the last one said is kept. */
  readonly contradicted: number;
}

/** A series of what a source said, whatever the source said, with the count of what was wrong with it. */
export function priceSeries(points: Iterable<PricePoint>): {
  readonly series: PriceSeries;
  readonly faults: PointFaults;
} {
  const faults = { noPrice: 0, noTime: 0, wentBack: 0, repeated: 0, contradicted: 0 };
  const kept: PricePoint[] = [];
  let latest = -Infinity;
  for (const point of points) {
    if (!Number.isFinite(point.time)) faults.noTime += 1;
    else if (!(point.price > 0) || !Number.isFinite(point.price)) faults.noPrice += 1;
    else {
      if (point.time < latest) faults.wentBack += 1;
      latest = Math.max(latest, point.time);
      kept.push(point);
    }
  }
  // The sort is stable: of two points of one time the one said last comes last.
  kept.sort((a, b) => a.time - b.time);
  const distinct: PricePoint[] = [];
  for (const point of kept) {
    const before = distinct.at(-1);
    if (before?.time !== point.time) {
      distinct.push(point);
      continue;
    }
    if (before.price === point.price) faults.repeated += 1;
    else faults.contradicted += 1;
    distinct[distinct.length - 1] = point;
  }
  const series = {
    times: Float64Array.from(distinct, ({ time }) => time),
    prices: Float64Array.from(distinct, ({ price }) => price),
  };
  return { series, faults };
}

/** The part of a series from one time up to, and without, another. */
export function between({ times, prices }: PriceSeries, from: number, to: number): PriceSeries {
  const first = bisectLeft(times, from);
  const end = bisectLeft(times, to);
  return { times: times.subarray(first, end), prices: prices.subarray(first, end) };
}

/** The index of the last point at or before a time; -1 when there is none. */
export const lastAtOrBefore = (times: Float64Array, time: number): number => bisectRight(times, time) - 1;

/** The price that held at a time; undefined before the first. */
export function priceAt({ times, prices }: PriceSeries, time: number): number | undefined {
  return prices[lastAtOrBefore(times, time)];
}
