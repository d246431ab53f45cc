import { estimateDelay, type Delay } from './delay.ts';
import type { Flag } from './flags/step-rule.ts';
import { flagsOf } from './flags/track-flags.ts';
import { readFeed } from './monitor/read-feed.ts';
import { expectedAnswers, type ExpectedAnswer, type MarketBar } from './policy/expected-answers.ts';
import { learnPolicy } from './policy/learn-policy.ts';
import { matchTimes, type Matched } from './policy/match-times.ts';
import type { FeedPolicy } from './policy/policy.ts';
import { between, type PriceSeries } from './series/price-series.ts';

/** What is known of one oracle and its market. */
export interface Examined {
  readonly answers: PriceSeries;
  /** What the asset traded at; a bar's close is said at its end. */
  readonly market: PriceSeries;
  /** The same in bars, where extremes are known. Without them no answers are foretold. */
  readonly bars?: readonly MarketBar[];
  /** Length of a bar, or the usual time between two market prices, seconds. */
  readonly barSeconds: number;
  /** Greatest delay to look for, seconds. Default three hours. */
  readonly longestDelaySeconds?: number;
}

/** What an oracle did over a time. */
export interface Examination {
  /** The time in which both are known, unix seconds. */
  readonly from: number;
  readonly to: number;
  /** Answers in that time. */
  readonly answers: number;
  readonly policy: FeedPolicy;
  /** True where the rule was learned on answers outside the time only, so that what is foretold is a test. */
  readonly isLearnedElsewhere: boolean;
  readonly delay: Delay | undefined;
  /** What the rule would have answered, and how it goes with what was. Undefined without bars or a rule. */
  readonly foretold:
    | { readonly expected: readonly ExpectedAnswer[]; readonly matched: Matched; readonly naive: Naive }
    | undefined;
  readonly flags: readonly Flag[];
}

/** What the usual assumption would have foretold: the same threshold of closes, and the heartbeat from the last answer. */
export interface Naive {
  readonly expected: number;
  readonly matched: Matched;
}

const HOURS_3 = 10_800;
/** Answers outside the time from which a rule is learned there. */
const ENOUGH = 500;
/** An answer this near to one that was foretold is that one. */
const NEAR_SECONDS = 60;
const SHIFTS = 36;
const DAY = 86_400;

/** Everything that can be said of an oracle from its answers and its market. Undefined where the two have no time in common. */
export function examine(examined: Examined): Examination | undefined {
  const { answers, market, bars, barSeconds, longestDelaySeconds = HOURS_3 } = examined;
  const from = Math.max(answers.times[0] ?? Infinity, market.times[0] ?? Infinity);
  const to = market.times.at(-1) ?? -Infinity;
  if (!(from < to)) return undefined;
  const elsewhere = outside(answers, from, to);
  const isLearnedElsewhere = elsewhere.times.length >= ENOUGH;
  const policy = learnPolicy(isLearnedElsewhere ? elsewhere : answers);
  const seen = between(answers, from, to);
  const readings = [...between(market, from, Infinity).times].map((time) =>
    readFeed({ answers, market, policy }, time, { marketHoldsSeconds: Math.max(3_600, 2 * barSeconds) }),
  );
  return {
    from,
    to,
    answers: seen.times.length,
    policy,
    isLearnedElsewhere,
    delay: estimateDelay(answers, market, {
      from,
      to,
      shiftsSeconds: Array.from({ length: SHIFTS + 1 }, (_, row) => (row * longestDelaySeconds) / SHIFTS),
      // Pieces of a day, or less where there are few days.
      pieceSeconds: Math.min(DAY, (to - from) / 10),
    }),
    foretold: bars && foretell({ policy, bars, barSeconds, seen: seen.times }),
    flags: flagsOf(readings),
  };
}

/** The answers before and after a time, whichever are more: between the two a rule would be learned over the gap. */
function outside(answers: PriceSeries, from: number, to: number): PriceSeries {
  const before = between(answers, -Infinity, from);
  const after = between(answers, to, Infinity);
  return before.times.length > after.times.length ? before : after;
}

interface Foretelling {
  readonly policy: FeedPolicy;
  readonly bars: readonly MarketBar[];
  readonly barSeconds: number;
  readonly seen: Float64Array;
}

function foretell({ policy, bars, barSeconds, seen }: Foretelling): Examination['foretold'] {
  const { threshold, heartbeatSeconds } = policy;
  if (threshold === undefined && heartbeatSeconds === undefined) return undefined;
  const expected = expectedAnswers(policy, bars, { barSeconds });
  const usual = expectedAnswers({ ...policy, clocks: [] }, bars, { barSeconds, reach: 0 });
  const match = (foretold: readonly ExpectedAnswer[]) =>
    matchTimes(
      foretold.map(({ time }) => time),
      seen,
      NEAR_SECONDS,
    );
  return { expected, matched: match(expected), naive: { expected: usual.length, matched: match(usual) } };
}
