import { jumpCoverage } from '../policy/jump-coverage.ts';
import { missedAnswers, type RuledFeed } from '../policy/missed-answers.ts';
import { between } from '../series/price-series.ts';

/**
 * Why something of a feed's day cannot be told.
 *
 * - `no-answers`: no answer of it is stored; prices of a venue's own market never have any.
 * - `rule-unknown`: too few answers are stored to learn by which rule it answers.
 * - `threshold-unknown`: no move of its market was seen to bring an answer.
 * - `market-unknown`: its market was not measured, or only just now.
 * - `no-jump`: its market did not jump.
 */
export type DayUnknown = 'no-answers' | 'rule-unknown' | 'threshold-unknown' | 'market-unknown' | 'no-jump';

/** How a feed kept its own rule over the day before a moment, or since its facts are there. */
export interface FeedDay {
  /** From when on answers are counted, unix seconds; undefined where none is stored. */
  readonly since: number | undefined;
  /** From when on moves and jumps of its market are seen; undefined where it was not measured. */
  readonly marketSince: number | undefined;
  /** Answers that came in that time. */
  readonly came: number;
  /** Answers that its rule asked for and that did not come in time, see `missedAnswers`. */
  readonly missed: number | undefined;
  /** Why that cannot be told; undefined where it can. */
  readonly missedUnknown: DayUnknown | undefined;
  /** Jumps of its market that asked an answer of it, see `jumpCoverage`. */
  readonly jumps: number | undefined;
  /** The share of them that it followed: 1 = all. */
  readonly jumpCoverage: number | undefined;
  /** Why it cannot be told; undefined where it can. */
  readonly coverageUnknown: DayUnknown | undefined;
}

const DAY = 86_400;

/** How a feed kept its own rule over the day before a moment; `answers` is undefined where none is stored. */
export function feedDay(
  { answers, ...ruled }: Omit<RuledFeed, 'answers'> & { readonly answers: RuledFeed['answers'] | undefined },
  time: number,
): FeedDay {
  const { market, policy } = ruled;
  const from = time - DAY;
  const firstMarket = market.times.length < 2 ? undefined : market.times[0];
  const marketSince = firstMarket === undefined ? undefined : Math.max(from, firstMarket);
  const feed = answers && { ...ruled, answers };
  const since = feed?.answers.times[0] === undefined ? undefined : Math.max(from, feed.answers.times[0]);
  const counted = feed && missedAnswers(feed, from, time);
  const followed = feed && marketSince !== undefined ? jumpCoverage(feed, { from, to: time }) : undefined;
  const ruleUnknown = (): DayUnknown => (since === undefined ? 'no-answers' : 'rule-unknown');
  const coverageUnknown = (): DayUnknown => {
    if (!counted) return ruleUnknown();
    if (policy.threshold === undefined) return 'threshold-unknown';
    return followed ? 'no-jump' : 'market-unknown';
  };
  return {
    since,
    marketSince,
    came: feed ? between(feed.answers, from, time + 1).times.length : 0,
    missed: counted?.missed,
    missedUnknown: counted ? undefined : ruleUnknown(),
    jumps: followed?.jumps,
    jumpCoverage: followed?.coverage,
    coverageUnknown: followed?.coverage === undefined ? coverageUnknown() : undefined,
  };
}
