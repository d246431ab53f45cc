import type { TradingHours } from '../availability/trading-hours.ts';
import { learnPolicy } from '../policy/learn-policy.ts';
import type { FeedPolicy } from '../policy/policy.ts';
import { priceSeries, type PriceSeries } from '../series/price-series.ts';

/** How old a feed's answer is, by its own rule. */
export interface FeedAge {
  readonly policy: FeedPolicy;
  /** Undefined: its age cannot be told. */
  readonly ageSeconds: number | undefined;
  /** Of a feed whose market closes: open seconds since the answer ÷ the longest usual time between two answers in open seconds. */
  readonly ageOfHeartbeat: number | undefined;
  /** Whether its market trades now, and when that changes; undefined of a market that never closes, or whose hours nobody gave. */
  readonly trading: { readonly isOpen: boolean; readonly changesAt: number | undefined } | undefined;
}

interface Aged {
  /** When the feed says that it answered, unix seconds. */
  readonly answeredAt: number | undefined;
  /** Its answers that are stored, by the time of their blocks. */
  readonly known: PriceSeries | undefined;
  readonly hours: TradingHours | undefined;
  readonly time: number;
}

/**
 * The age of a feed's answer. While its market is closed no answer is due: those hours do not count. A feed that dates its answer after
 * the block has a wrong clock, and would be young for ever: its answer is as old as the block that first had it.
 */
export function feedAge({ answeredAt, known, hours, time }: Aged): FeedAge {
  const policy = policyOf(known, hours);
  const trading = hours && { isOpen: hours.isOpen(time), changesAt: hours.nextChange(time) };
  const said = answeredAt !== undefined && answeredAt > time ? known?.times.at(-1) : answeredAt;
  if (said === undefined) return { policy, ageSeconds: undefined, ageOfHeartbeat: undefined, trading };
  const ageSeconds = time - said;
  const counted = hours ? hours.openSeconds(said, time) : ageSeconds;
  const { heartbeatSeconds } = policy;
  const ageOfHeartbeat =
    heartbeatSeconds === undefined || heartbeatSeconds === 0 ? undefined : counted / heartbeatSeconds;
  return { policy, ageSeconds, ageOfHeartbeat, trading };
}

function policyOf(known: PriceSeries | undefined, hours: TradingHours | undefined): FeedPolicy {
  if (!known) return { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
  const policy = learnPolicy(known);
  if (!hours) return policy;
  // By a clock that stands still while the market is closed, so that a weekend is no long time without an answer.
  let open = 0;
  const inOpenTime = priceSeries(
    Array.from(known.times, (time, row) => {
      if (row > 0) open += hours.openSeconds(known.times[row - 1]!, time);
      return { time: open, price: known.prices[row]! };
    }),
  ).series;
  return { ...policy, heartbeatSeconds: learnPolicy(inOpenTime).heartbeatSeconds };
}
