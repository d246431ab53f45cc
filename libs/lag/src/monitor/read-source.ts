import { DEFAULT_REFERENCE } from '../series/market-reference.ts';
import { movesOf, spikeIn, type Moves } from '../series/moves-of.ts';
import { between, type PriceSeries } from '../series/price-series.ts';
import type { Reading } from './reading.ts';

/** What is known of a source of market prices at a moment. */
export interface ReadSource {
  /** How what it said over the last hour moved, by our clock; undefined of pools, and where nothing is stored. */
  readonly heard: Moves | undefined;
  /** Since it said something, seconds; undefined of pools, whose price stands until somebody trades. */
  readonly ageSeconds: number | undefined;
  /** How far its clock was ahead of ours when it did; undefined where it gives no time. */
  readonly clockSeconds: number | undefined;
  /** What it says, in the unit of the market's price; undefined where that cannot be told. */
  readonly price: number | undefined;
  /** What the market trades at by all sources, and how many of them are fresh. */
  readonly market: { readonly price: number | undefined; readonly fresh: number };
}

/** A feed answers less often than an exchange: by the hour, where its market is quiet. So long after a spike it is not forgotten, seconds. */
const FEED_SPIKE_SECONDS = 86_400;
/** Of two that differ nobody knows which one lies. */
const FEWEST_SOURCES = 3;

/** Everything that can be measured of a source at a moment. */
export function readSource({
  heard,
  ageSeconds,
  clockSeconds,
  price,
  market,
}: ReadSource): Reading['values'] {
  const spike = heard && spikeIn(heard);
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
  const spike = answers && spikeIn(movesOf(between(answers, time - FEED_SPIKE_SECONDS, time + 1)));
  return {
    ...(answeredAt !== undefined && { clockApart: Math.max(0, answeredAt - time) }),
    ...(spike !== undefined && { spike }),
  };
}
