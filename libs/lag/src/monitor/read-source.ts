import { DEFAULT_REFERENCE } from '../series/market-reference.ts';
import { between, type PriceSeries } from '../series/price-series.ts';
import { sourceFaults } from '../series/source-faults.ts';
import type { Reading } from './reading.ts';

/** What is known of a source of market prices at a moment. */
export interface ReadSource {
  /** What it said lately, by our clock; undefined of pools, and where nothing is stored. */
  readonly heard: PriceSeries | undefined;
  /** Since it said something, seconds; undefined of pools, whose price stands until somebody trades. */
  readonly ageSeconds: number | undefined;
  /** How far its clock was ahead of ours when it did; undefined where it gives no time. */
  readonly clockSeconds: number | undefined;
  /** What it says, in the unit of the market's price; undefined where that cannot be told. */
  readonly price: number | undefined;
  /** What the market trades at by all sources, and how many of them are fresh. */
  readonly market: { readonly price: number | undefined; readonly fresh: number };
}

/** So long after a spike a source is not forgotten to have had one, seconds. */
const SPIKE_SECONDS = 3_600;
/** A feed answers less often than an exchange: by the hour, where its market is quiet. */
const FEED_SPIKE_SECONDS = 86_400;
/** With fewer points nobody knows which move is usual. */
const FEWEST_POINTS = 10;
/** Of two that differ nobody knows which one lies. */
const FEWEST_SOURCES = 3;

/** Everything that can be measured of a source at a moment. */
export function readSource(
  { heard, ageSeconds, clockSeconds, price, market }: ReadSource,
  time: number,
): Reading['values'] {
  const spike = heard && spikeOf(heard, time, SPIKE_SECONDS);
  const isKnown = price !== undefined && market.price !== undefined && market.fresh >= FEWEST_SOURCES;
  return {
    ...(ageSeconds !== undefined && { silence: ageSeconds / DEFAULT_REFERENCE.oldestSeconds }),
    ...(clockSeconds !== undefined && { clockApart: Math.abs(clockSeconds) }),
    ...(isKnown && { outlying: Math.abs(price / market.price! - 1) }),
    ...(spike !== undefined && { spike }),
  };
}

/** The same of a feed: a spike among its answers, and how far it dated its last one ahead of the block that had it. */
export function readAnswers(
  answers: PriceSeries | undefined,
  answeredAt: number | undefined,
  time: number,
): Reading['values'] {
  const spike = answers && spikeOf(answers, time, FEED_SPIKE_SECONDS);
  return {
    ...(answeredAt !== undefined && { clockApart: Math.max(0, answeredAt - time) }),
    ...(spike !== undefined && { spike }),
  };
}

/** The greatest move for one point that came back, of the time before a moment; 0 without one, undefined where too little is known. */
function spikeOf(series: PriceSeries, time: number, seconds: number): number | undefined {
  const recent = between(series, time - seconds, time + 1);
  if (recent.times.length < FEWEST_POINTS) return undefined;
  const nothing = { noPrice: 0, noTime: 0, wentBack: 0, repeated: 0, contradicted: 0 };
  const faults = sourceFaults({ series: recent, faults: nothing }, undefined);
  return faults.find(({ kind }) => kind === 'jumped')?.worst ?? 0;
}
