import { BadDataError } from '@undertow/units';
import type { PriceSeries } from '../series/price-series.ts';
import type { FeedPolicy } from './policy.ts';

/** What a market did in one step of time. */
export interface MarketBar {
  /** Start, unix seconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** An answer that a feed should give, and why. */
export interface ExpectedAnswer {
  /** Unix seconds; of a move the end of the bar in which the market made it. */
  readonly time: number;
  /** The market's price that it would have answered. */
  readonly price: number;
  readonly because: 'move' | 'clock' | 'heartbeat';
}

export interface ExpectedOptions {
  /** Length of a bar, seconds. */
  readonly barSeconds: number;
  /**
   * How far into the extremes of a bar the feed sees: 0 = open and close alone, 1 = as far as this market went. A feed answers the
   * median of many markets, and the spikes of one are not those of all. Default 0.5, half of the way: an assumption, not a fit.
   */
  readonly reach?: number;
  /**
   * What the feed really answered: the rule goes on from each of these as if it had given it itself, so that each answer is foretold from the
   * one before. Absent: it goes on from its own alone, and an error lasts.
   */
  readonly inStepWith?: PriceSeries;
}

/**
 * The answers that a feed of a known policy gives while a market goes its way: one when the price has moved from the last answer
 * by the threshold, one at each strike of a clock, one when the heartbeat has passed without another (where it has no clock). It
 * starts as if it had answered the first open. Each bar is walked open → nearer extreme → other extreme → close.
 *
 * @throws BadDataError where the policy says nothing by which to expect an answer, and for bars that are not in order.
 */
export function expectedAnswers(
  policy: FeedPolicy,
  bars: readonly MarketBar[],
  { barSeconds, reach = 0.5, inStepWith }: ExpectedOptions,
): ExpectedAnswer[] {
  const { threshold, heartbeatSeconds, clocks } = policy;
  if (threshold === undefined && heartbeatSeconds === undefined)
    throw new BadDataError('nothing is known of the rule by which the feed answers');
  const [first] = bars;
  if (!first) return [];
  let last = { time: first.time, price: first.open };
  const expected: ExpectedAnswer[] = [];
  const answer = (time: number, price: number, because: ExpectedAnswer['because']): void => {
    expected.push({ time, price, because });
    last = { time, price };
  };
  let heard = 0;
  for (const [row, bar] of bars.entries()) {
    while (inStepWith && heard < inStepWith.times.length && inStepWith.times[heard]! <= bar.time) {
      last = { time: inStepWith.times[heard]!, price: inStepWith.prices[heard]! };
      heard += 1;
    }
    if (row > 0 && bar.time <= bars[row - 1]!.time)
      throw new BadDataError(`bars must be in order of time, but one at ${bar.time} comes after a later one`);
    const end = bar.time + barSeconds;
    for (const price of pathOf(bar, reach))
      if (threshold !== undefined && Math.abs(price / last.price - 1) >= threshold)
        answer(end, price, 'move');
    for (const { periodSeconds, phaseSeconds } of clocks) {
      const strike = Math.ceil((bar.time - phaseSeconds) / periodSeconds) * periodSeconds + phaseSeconds;
      if (strike < end) answer(strike, bar.close, 'clock');
    }
    const isOverdue =
      clocks.length === 0 && heartbeatSeconds !== undefined && end - last.time >= heartbeatSeconds;
    if (isOverdue) answer(last.time + heartbeatSeconds, bar.close, 'heartbeat');
  }
  return expected.sort((a, b) => a.time - b.time);
}

/** Prices of a bar in the order in which they were probably seen, the extremes as far as the feed sees them. */
function pathOf({ open, high, low, close }: MarketBar, reach: number): readonly number[] {
  const top = Math.max(open, close);
  const bottom = Math.min(open, close);
  const highest = top + (high - top) * reach;
  const lowest = bottom - (bottom - low) * reach;
  return close >= open ? [lowest, highest, close] : [highest, lowest, close];
}
