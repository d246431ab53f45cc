import { estimateDelay, type Delay } from './delay.ts';
import type { Flag } from './flags/step-rule.ts';
import { flagsOf } from './flags/track-flags.ts';
import { readFeed } from './monitor/read-feed.ts';
import type { Reading } from './monitor/reading.ts';
import {
  expectedAnswers,
  type ExpectedAnswer,
  type ExpectedOptions,
  type MarketBar,
} from './policy/expected-answers.ts';
import { jumpCoverage, JUMP_SECONDS, type JumpCoverage } from './policy/jump-coverage.ts';
import { learnPolicy } from './policy/learn-policy.ts';
import { matchTimes, type Matched } from './policy/match-times.ts';
import { missedAnswers, type MissedAnswers } from './policy/missed-answers.ts';
import type { FeedPolicy } from './policy/policy.ts';
import { between, type PriceSeries } from './series/price-series.ts';
import { delaySkill, type DelaySkill } from './skill/delay-skill.ts';
import { matchError, skillScore } from './skill/skill-score.ts';

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
  /** What a delay is worth where it was not learned: on each part of the time, learned on the others. */
  readonly delaySkill: DelaySkill | undefined;
  /** What the rule would have answered, and how it goes with what was. Undefined without bars or a rule. */
  readonly foretold: Foretold | undefined;
  /** Answers that its rule asked for and that did not come in time; undefined without a rule. */
  readonly missed: MissedAnswers | undefined;
  /** Jumps of the market that it followed; undefined where no threshold is known. */
  readonly jumps: JumpCoverage | undefined;
  readonly flags: readonly Flag[];
  /** Every reading, for a chart. */
  readonly readings: readonly Reading[];
}

/** Answers that were foretold from a market, against what usual assumptions would have foretold. */
export interface Foretold {
  readonly expected: readonly ExpectedAnswer[];
  readonly matched: Matched;
  /** The rule, told each time when the feed answered, so that it need only foretell the next answer. */
  readonly inStep: Matched;
  /** The same threshold of closes, and the heartbeat from the last answer that it foretold itself: out of step once it errs. */
  readonly naive: Naive;
  /** The naive one, told each time when the feed answered; its skill is against the rule that is told too. */
  readonly naiveInStep: Naive;
}

/** What a usual assumption would have foretold. */
export interface Naive {
  readonly expected: number;
  readonly matched: Matched;
  /** Of the rule against this one, by what is not matched: see `skillScore` and `matchError`. */
  readonly skill: number | undefined;
}

const HOURS_3 = 10_800;
/** Answers outside the time from which a rule is learned there. */
const ENOUGH = 500;
/** An answer this near to one that was foretold is that one. */
const NEAR_SECONDS = 60;
const SHIFTS = 36;
const DAY = 86_400;
const MONTH = 30.44 * DAY;
/** A time is left out in so many parts at least. */
const PARTS = 5;

/** Heartbeats are published in round numbers: what was learned is a little more, because blocks are late. */
const ROUND_SECONDS = 300;

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
  const shiftsSeconds = Array.from({ length: SHIFTS + 1 }, (_, row) => (row * longestDelaySeconds) / SHIFTS);
  return {
    from,
    to,
    answers: seen.times.length,
    policy,
    isLearnedElsewhere,
    delay: estimateDelay(answers, market, {
      from,
      to,
      shiftsSeconds,
      // Pieces of a day, or less where there are few days.
      pieceSeconds: Math.min(DAY, (to - from) / 10),
    }),
    delaySkill: delaySkill(answers, market, {
      from,
      to,
      partSeconds: Math.min(MONTH, (to - from) / PARTS),
      shiftsSeconds,
    }),
    foretold: bars && foretell({ policy, bars, barSeconds, seen }),
    missed: missedAnswers({ answers, market, policy }, from, to),
    jumps: jumpCoverage(
      { answers, market, policy },
      { from, to, jumpSeconds: Math.max(JUMP_SECONDS, barSeconds) },
    ),
    flags: flagsOf(readings),
    readings,
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
  readonly seen: PriceSeries;
}

function foretell({ policy, bars, barSeconds, seen }: Foretelling): Foretold | undefined {
  const { threshold, heartbeatSeconds } = policy;
  if (threshold === undefined && heartbeatSeconds === undefined) return undefined;
  const match = (foretold: readonly ExpectedAnswer[]) =>
    matchTimes(
      foretold.map(({ time }) => time),
      seen.times,
      NEAR_SECONDS,
    );
  const expected = expectedAnswers(policy, bars, { barSeconds });
  const matched = match(expected);
  const inStep = match(expectedAnswers(policy, bars, { barSeconds, inStepWith: seen }));
  const published = heartbeatSeconds && Math.round(heartbeatSeconds / ROUND_SECONDS) * ROUND_SECONDS;
  const usualPolicy = { threshold, heartbeatSeconds: published || heartbeatSeconds, clocks: [] };
  const naive = (against: Matched, told: Partial<ExpectedOptions>): Naive => {
    const usual = expectedAnswers(usualPolicy, bars, { barSeconds, reach: 0, ...told });
    const found = match(usual);
    const skill = skillScore(matchError(against), matchError(found));
    return { expected: usual.length, matched: found, skill };
  };
  return {
    expected,
    matched,
    inStep,
    naive: naive(matched, {}),
    naiveInStep: naive(inStep, { inStepWith: seen }),
  };
}
