import type { RateCap } from '@undertow/market';
import { capHeadroom, type CappedRate } from '../cap-headroom.ts';
import type { FeedPolicy } from '../policy/policy.ts';
import { lastAtOrBefore, type PriceSeries } from '../series/price-series.ts';
import type { Reading } from './reading.ts';

/** What is known of one feed. */
export interface WatchedFeed {
  readonly answers: PriceSeries;
  readonly market: PriceSeries;
  readonly policy: FeedPolicy;
  /** False where the oracle gives no time of its answers: age cannot be told then. Default true. */
  readonly hasTimestamp?: boolean;
  /** The least and the greatest answer that the feed can give. */
  readonly bounds?: { readonly least: number; readonly greatest: number };
  /** The rate that the oracle multiplies by and the cap that holds it, as they are at the moment that is read. */
  readonly capped?: CappedRate;
  /** The cap that an update which waits would set. */
  readonly pendingCap?: RateCap;
}

export interface ReadOptions {
  /** How long a market price holds after it was said, seconds; later there is none. Default an hour. */
  readonly marketHoldsSeconds?: number;
  /** The window in which an answer that stands still is held against the market, seconds. Default a day. */
  readonly stillSeconds?: number;
}

/** Answers that differ by less are the same one. */
const SAME = 1e-9;

/** What can be measured of a feed at a moment, from what was known then and nothing later. */
export function readFeed(feed: WatchedFeed, time: number, options: ReadOptions = {}): Reading {
  const { answers, market, policy, hasTimestamp = true, bounds, capped, pendingCap } = feed;
  const { marketHoldsSeconds = 3_600, stillSeconds = 86_400 } = options;
  const row = lastAtOrBefore(answers.times, time);
  const answer = answers.prices[row];
  if (answer === undefined) return { time, values: {} };
  const said = answers.times[row]!;
  const marketAt = (moment: number): number | undefined => {
    const at = lastAtOrBefore(market.times, moment);
    return at >= 0 && moment - market.times[at]! <= marketHoldsSeconds ? market.prices[at] : undefined;
  };
  const now = marketAt(time);
  const atAnswer = marketAt(said);
  const deviation = now === undefined ? undefined : Math.abs(answer / now - 1);
  /** Market prices come seldom and late too: what the market did before the answer is not held against it. */
  const unlessNear = (value: number | undefined) =>
    value === undefined || deviation === undefined ? undefined : Math.min(value, deviation);
  const moved = unlessNear(
    now !== undefined && atAnswer !== undefined ? Math.abs(now / atAnswer - 1) : undefined,
  );
  const { heartbeatSeconds, threshold } = policy;
  const values: { -readonly [Name in keyof Reading['values']]: number | undefined } = {
    ageOfHeartbeat:
      hasTimestamp && heartbeatSeconds !== undefined ? (time - said) / heartbeatSeconds : undefined,
    deviation,
    moveOfThreshold: moved !== undefined && threshold !== undefined ? moved / threshold : undefined,
    jump: unlessNear(jumpOf(answers, row, marketAt)),
    decoupling: decouplingOf(answers, row, { from: time - stillSeconds, now, marketAt }),
    capHeadroom: capped && capHeadroom(capped, time),
    pendingCapHeadroom: capped && pendingCap && capHeadroom({ ...capped, cap: pendingCap }, time),
    boundHeadroom: bounds && Math.min(answer / bounds.least - 1, bounds.greatest / answer - 1),
  };
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return { time, values: Object.fromEntries(known) as Reading['values'] };
}

type MarketAt = (moment: number) => number | undefined;

/** How far the last answer moved otherwise than the market between the two answers. */
function jumpOf({ times, prices }: PriceSeries, row: number, marketAt: MarketAt): number | undefined {
  if (row < 1) return undefined;
  const before = marketAt(times[row - 1]!);
  const after = marketAt(times[row]!);
  if (before === undefined || after === undefined) return undefined;
  return Math.abs(prices[row]! / prices[row - 1]! - after / before);
}

interface Still {
  readonly from: number;
  readonly now: number | undefined;
  readonly marketAt: MarketAt;
}

/** How far the market has gone since the start of a window in which no answer differed; 0 where one did. */
function decouplingOf(answers: PriceSeries, row: number, { from, now, marketAt }: Still): number | undefined {
  const { times, prices } = answers;
  let first = row;
  while (first > 0 && times[first]! > from && Math.abs(prices[first - 1]! / prices[row]! - 1) < SAME)
    first -= 1;
  const hasStood = times[first]! <= from || first === 0;
  const since = Math.max(from, times[first]!);
  const before = marketAt(since);
  if (before === undefined || now === undefined) return undefined;
  return hasStood ? Math.abs(now / before - 1) : 0;
}
