import type { TradingHours } from '../availability/trading-hours.ts';
import { between, lastAtOrBefore, type PriceSeries } from '../series/price-series.ts';
import { STRIKE_SECONDS, type FeedPolicy } from './policy.ts';

/** A feed and its market over a time, and the rule that it is held to. */
export interface RuledFeed {
  readonly answers: PriceSeries;
  /** What it would answer by its market; nothing where that was not measured. */
  readonly market: PriceSeries;
  readonly policy: FeedPolicy;
  /** When its market trades, where it closes: nothing is asked for meanwhile, and the heartbeat counts open seconds. */
  readonly hours?: TradingHours | undefined;
}

/** The answers of a feed in a time, and those that its rule asked for in vain. */
export interface MissedAnswers {
  readonly came: number;
  /** As far as it is decided: what may still come in time is not among them. */
  readonly missed: number;
}

/**
 * An answer that comes so long after it was asked for is in time: blocks, and nodes that must agree, take under a minute, and the market is
 * measured every five.
 */
export const IN_TIME_SECONDS = 300;
/** A market price holds for so long, as in `readFeed`. */
const MARKET_HOLDS_SECONDS = 3_600;

/**
 * The answers that a feed's own rule asked for in a time and that did not come within `IN_TIME_SECONDS`. One is asked for
 *
 * - when the market has moved by the threshold since the last answer, and is as far from what it said;
 * - at each strike of a clock; without clocks, when the heartbeat has passed.
 *
 * The rule goes on from an answer that was missed as if it had come, so that a feed which stands still misses as many as it would have given.
 * Moves between two prices of the market are not seen: rather too few are missed than too many. Undefined where nothing is known of
 * the rule, or no answer of the time.
 */
export function missedAnswers(feed: RuledFeed, from: number, to: number): MissedAnswers | undefined {
  const { answers, market, policy, hours } = feed;
  const { threshold, heartbeatSeconds, clocks } = policy;
  const start = Math.max(0, lastAtOrBefore(answers.times, from));
  const isRuled = threshold !== undefined || heartbeatSeconds !== undefined;
  if (!isRuled || !(answers.times[start]! <= to)) return undefined;
  const marketAt = (time: number): number | undefined => {
    const row = lastAtOrBefore(market.times, time);
    return row >= 0 && time - market.times[row]! <= MARKET_HOLDS_SECONDS ? market.prices[row] : undefined;
  };
  const heartbeat = clocks.length === 0 && heartbeatSeconds! > 0 ? heartbeatSeconds : undefined;
  const first = answers.times[start]!;
  let last: Stand = { time: first, price: answers.prices[start]!, market: marketAt(first) };
  if (heartbeat !== undefined) last = { ...last, time: beatBefore(first, { from, heartbeat, hours }) };
  let missed = 0;
  const lastBy = (time: number) => answers.times[lastAtOrBefore(answers.times, time)] ?? -Infinity;
  const ask = (time: number): void => {
    const hasCome = lastBy(time + IN_TIME_SECONDS) >= time;
    if (!hasCome && time >= from && time + IN_TIME_SECONDS <= to) missed += 1;
    const price = marketAt(time);
    last = { time, price: price ?? last.price, market: price };
  };
  for (const { kind, time, price } of events(feed, first, to)) {
    for (let due = dueAt(last.time, { to: time, heartbeat, hours }); due !== undefined;) {
      ask(due);
      due = dueAt(due, { to: time, heartbeat, hours });
    }
    if (kind === 'answer') last = { time, price, market: marketAt(time) };
    else if (hours?.isOpen(time) === false) continue;
    else if (kind === 'strike' && lastBy(time) < time - STRIKE_SECONDS / 2) ask(time);
    else if (kind === 'market' && movedBy(last, price) >= (threshold ?? Infinity)) ask(time);
  }
  return { came: between(answers, from, to + 1).times.length, missed };
}

/** The last answer, or the one that should have been: what was said, and what the market was then. */
interface Stand {
  readonly time: number;
  readonly price: number;
  readonly market: number | undefined;
}

/** How far the market is both from where it stood at the last answer and from what that said; 0 where the former is not known. */
const movedBy = ({ price, market }: Stand, now: number): number =>
  market === undefined ? 0 : Math.min(Math.abs(now / market - 1), Math.abs(now / price - 1));

interface Event {
  readonly kind: 'answer' | 'market' | 'strike' | 'end';
  readonly time: number;
  readonly price: number;
}

/** All that happens after a moment and until another, in order; of what happens at once the answer first. */
function events({ answers, market, policy }: RuledFeed, after: number, to: number): readonly Event[] {
  const of = (kind: Event['kind'], { times, prices }: PriceSeries): Event[] => {
    const [start, end] = [lastAtOrBefore(times, after) + 1, lastAtOrBefore(times, to) + 1];
    return Array.from(times.subarray(start, end), (time, row) => ({
      kind,
      time,
      price: prices[start + row]!,
    }));
  };
  const strikes = policy.clocks.flatMap(({ periodSeconds, phaseSeconds }) => {
    const found: Event[] = [];
    const next = Math.floor((after - phaseSeconds) / periodSeconds) + 1;
    for (let time = next * periodSeconds + phaseSeconds; time <= to; time += periodSeconds)
      found.push({ kind: 'strike', time, price: 0 });
    return found;
  });
  const end: Event = { kind: 'end', time: to, price: 0 };
  // The sort is stable.
  return [...of('answer', answers), ...of('market', market), ...strikes, end].sort((a, b) => a.time - b.time);
}

interface Beats {
  readonly to: number;
  readonly heartbeat: number | undefined;
  readonly hours: TradingHours | undefined;
}

/** When the heartbeat after a moment has passed; undefined where that is not until a time. */
function dueAt(after: number, { to, heartbeat, hours }: Beats): number | undefined {
  if (heartbeat === undefined || after + heartbeat > to) return undefined;
  if (!hours) return after + heartbeat;
  if (hours.openSeconds(after, to) < heartbeat) return undefined;
  return leastFrom(after, to, (time) => hours.openSeconds(after, time) >= heartbeat);
}

/** The last of the heartbeats that passed between an answer and a moment: those before count for nothing. */
function beatBefore(
  answered: number,
  { from, heartbeat, hours }: { readonly from: number; readonly heartbeat: number } & Pick<Beats, 'hours'>,
): number {
  const passed = hours ? hours.openSeconds(answered, from) : from - answered;
  if (passed < heartbeat) return answered;
  const since = passed % heartbeat;
  return hours ? leastFrom(answered, from, (time) => hours.openSeconds(time, from) <= since) : from - since;
}

/** The least whole second after a moment from which on something holds that holds at the end. */
function leastFrom(from: number, to: number, holds: (time: number) => boolean): number {
  let [no, yes] = [from, to];
  while (yes - no > 1) {
    const middle = no + Math.floor((yes - no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
