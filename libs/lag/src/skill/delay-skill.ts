import { sum } from 'd3-array';
import { delayError, estimateDelay } from '../delay.ts';
import { between, type PriceSeries } from '../series/price-series.ts';
import { skillScore } from './skill-score.ts';

/** A delay that was learned on other times than those that it is held against. */
export interface HeldOutDelay {
  /** The time that was left out, unix seconds. */
  readonly from: number;
  readonly to: number;
  /** Learned on all answers outside that time. */
  readonly delaySeconds: number;
  /** Median distance from the market within that time, with the delay and without one. */
  readonly error: number;
  readonly errorWithoutDelay: number;
  /** Answers within that time. */
  readonly answers: number;
}

/** What a delay is worth where it was not learned. */
export interface DelaySkill {
  readonly parts: readonly HeldOutDelay[];
  /** Mean over the parts, each by its answers. */
  readonly error: number;
  readonly errorWithoutDelay: number;
  /** Against the naive assumption that the oracle says what the market says now, see `skillScore`. */
  readonly skill: number | undefined;
}

export interface DelaySkillOptions {
  readonly from: number;
  readonly to: number;
  /** Length of what is left out at a time, seconds. */
  readonly partSeconds: number;
  readonly shiftsSeconds: readonly number[];
}

/** Parts with fewer answers say nothing. */
const FEWEST_ANSWERS = 20;

/**
 * Leaves out one part of the time after the other, learns the delay on the rest and holds it against the part. Undefined where fewer
 * than two parts have answers enough and a delay could be learned.
 */
export function delaySkill(
  answers: PriceSeries,
  market: PriceSeries,
  { from, to, partSeconds, shiftsSeconds }: DelaySkillOptions,
): DelaySkill | undefined {
  const start = Math.max(from, answers.times[0] ?? Infinity, market.times[0] ?? Infinity);
  const end = Math.min(to, answers.times.at(-1) ?? -Infinity, market.times.at(-1) ?? -Infinity);
  const parts: HeldOutDelay[] = [];
  for (let first = start; first < end; first += partSeconds) {
    const part = { from: first, to: Math.min(first + partSeconds, end) };
    const count = between(answers, part.from, part.to).times.length;
    if (count < FEWEST_ANSWERS) continue;
    const learned = estimateDelay(without(answers, part), market, {
      from: start,
      to: end,
      shiftsSeconds,
      // No band is asked for.
      resamples: 1,
    });
    if (!learned) continue;
    const errorAt = (delaySeconds: number) => delayError(answers, market, { ...part, delaySeconds });
    const [error, errorWithoutDelay] = [errorAt(learned.delaySeconds), errorAt(0)];
    if (error === undefined || errorWithoutDelay === undefined) continue;
    parts.push({
      ...part,
      delaySeconds: learned.delaySeconds,
      error,
      errorWithoutDelay,
      answers: count,
    });
  }
  if (parts.length < 2) return undefined;
  const all = sum(parts, (part) => part.answers);
  const error = sum(parts, (part) => part.error * part.answers) / all;
  const errorWithoutDelay = sum(parts, (part) => part.errorWithoutDelay * part.answers) / all;
  return { parts, error, errorWithoutDelay, skill: skillScore(error, errorWithoutDelay) };
}

/** A series without what it has within a time. */
function without(
  { times, prices }: PriceSeries,
  { from, to }: { readonly from: number; readonly to: number },
): PriceSeries {
  const isKept = (_: number, row: number) => times[row]! < from || times[row]! >= to;
  return { times: times.filter(isKept), prices: prices.filter(isKept) };
}
