import { ascending, quantileSorted } from 'd3-array';
import type { PriceSeries } from '../series/price-series.ts';
import { STRIKE_SECONDS, isOfClock, type FeedClock, type FeedPolicy } from './policy.ts';

/** Fewer answers teach nothing. */
const FEWEST_ANSWERS = 30;

/**
 * The rule by which a feed answers, learned from its answers alone: no market is needed and nothing that is published.
 *
 * 1. **Clocks.** For each usual period the phase at which most cycles have an answer. One at which at least 80 % of all cycles have
 *    one is a clock of its own, unless the heartbeat, counted from the last answer, explains the answers as well (a quiet feed
 *    answers hourly either way). Further clocks are looked for among what is left, such as a daily one beside an hourly.
 * 2. **Heartbeat.** The 99.5 % quantile of the time between two answers.
 * 3. **Threshold.** Moves of the answers that no clock and no heartbeat explains lie in a heap just above the threshold, because an
 *    answer is due as soon as the market has reached it. It is the lower end of the shortest interval that holds half of them.
 *    Where fewer than ten such moves are left it is undefined. Answers sent again without a move do not count.
 *
 * A rule may change: learn it from a window, and from another one later.
 */
export function learnPolicy(answers: PriceSeries): FeedPolicy {
  const { times } = answers;
  if (times.length < FEWEST_ANSWERS) return { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
  const gaps = Array.from(times.subarray(1), (time, row) => time - times[row]!).sort(ascending);
  const heartbeatSeconds = quantileSorted(gaps, 0.995)!;
  const clocks = learnClocks(times, heartbeatSeconds);
  const threshold = learnThreshold(answers, { clocks, heartbeatSeconds });
  return { threshold, heartbeatSeconds, clocks };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Periods that divide a day, so that a clock strikes at the same times every day. */
const PERIODS = [
  10 * MINUTE,
  15 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
].concat([8 * HOUR, 12 * HOUR, DAY]);

/** Of all its cycles, how many must have an answer for a phase to be a clock. */
const CLOCK_SHARE = 0.8;
/** How much more often than chance answers must fall there. */
const CLOCK_EXCESS = 3;
/** Periods of which fewer have passed teach nothing. */
const FEWEST_CYCLES = 20;

function learnClocks(times: Float64Array, heartbeatSeconds: number): FeedClock[] {
  const clocks: FeedClock[] = [];
  let left = [...times];
  for (const periodSeconds of PERIODS) {
    const cycles = Math.floor((times.at(-1)! - times[0]!) / periodSeconds);
    if (cycles < FEWEST_CYCLES) continue;
    const found = busiestPhase(left, periodSeconds);
    const clock = { periodSeconds, phaseSeconds: found.phaseSeconds };
    const byChance = (left.length / cycles) * ((STRIKE_SECONDS + 1) / periodSeconds);
    const share = found.cycles / cycles;
    if (share < CLOCK_SHARE || share < CLOCK_EXCESS * byChance) continue;
    if (clocks.length === 0 && isExplainedByHeartbeat(times, clock, heartbeatSeconds)) continue;
    clocks.push(clock);
    left = left.filter((time) => !isOfClock(clock, time));
  }
  return clocks;
}

/**
 * The window within a period in which the most cycles have an answer. The phase is the middle one
 * of its answers.
 */
function busiestPhase(times: readonly number[], period: number): { phaseSeconds: number; cycles: number } {
  const phased = times
    .map((time) => ({ phase: time % period, cycle: Math.floor(time / period) }))
    .sort((a, b) => a.phase - b.phase || a.cycle - b.cycle);
  // Once around and on: a window may begin before midnight and end after it.
  const around = phased.concat(
    phased
      .filter(({ phase }) => phase < STRIKE_SECONDS)
      .map(({ phase, cycle }) => ({ phase: phase + period, cycle: cycle - 1 })),
  );
  const within = new Map<number, number>();
  let best = { phaseSeconds: 0, cycles: 0 };
  let first = 0;
  for (const [row, { phase, cycle }] of around.entries()) {
    within.set(cycle, (within.get(cycle) ?? 0) + 1);
    while (phase - around[first]!.phase > STRIKE_SECONDS) {
      const gone = around[first]!.cycle;
      const rest = within.get(gone)! - 1;
      if (rest === 0) within.delete(gone);
      else within.set(gone, rest);
      first += 1;
    }
    if (within.size <= best.cycles) continue;
    const middle = (first + row) >> 1;
    best = { phaseSeconds: around[middle]!.phase % period, cycles: within.size };
  }
  return best;
}

/**
 * Whether the clock is only what a heartbeat looks like: where the clock is real, the answer after one that it did not bring comes
 * at the clock; where the heartbeat counts from the last answer, it comes a whole heartbeat later.
 */
function isExplainedByHeartbeat(times: Float64Array, clock: FeedClock, heartbeatSeconds: number): boolean {
  let atClock = 0;
  let afterHeartbeat = 0;
  for (let row = 1; row < times.length - 1; row += 1) {
    if (isOfClock(clock, times[row]!)) continue;
    const gap = times[row + 1]! - times[row]!;
    if (isOfClock(clock, times[row + 1]!)) atClock += 1;
    if (gap >= heartbeatSeconds * HEARTBEAT_SHARE) afterHeartbeat += 1;
  }
  return afterHeartbeat >= atClock;
}

/** An answer after this share of the heartbeat is taken to be its: the time of a block is not that of the decision. */
const HEARTBEAT_SHARE = 0.97;
const FEWEST_MOVES = 10;
/** Moves below this share of the large ones (their 90 % quantile) are the same answer sent again. */
const REPEAT_SHARE = 0.1;

function learnThreshold(
  { times, prices }: PriceSeries,
  { clocks, heartbeatSeconds }: { readonly clocks: readonly FeedClock[]; readonly heartbeatSeconds: number },
): number | undefined {
  const moves: number[] = [];
  for (let row = 1; row < times.length; row += 1) {
    const gap = times[row]! - times[row - 1]!;
    const isTimed =
      clocks.some((clock) => isOfClock(clock, times[row]!)) ||
      (clocks.length === 0 && gap >= heartbeatSeconds * HEARTBEAT_SHARE);
    if (!isTimed) moves.push(Math.abs(prices[row]! / prices[row - 1]! - 1));
  }
  moves.sort(ascending);
  const leastMove = REPEAT_SHARE * (quantileSorted(moves, 0.9) ?? 0);
  const real = moves.filter((move) => move > leastMove);
  return real.length < FEWEST_MOVES ? undefined : shortestHalf(real);
}

/** The lower end of the shortest interval that holds half of sorted values. */
function shortestHalf(sorted: readonly number[]): number {
  const half = Math.ceil(sorted.length / 2);
  let best = 0;
  for (let row = 1; row + half - 1 < sorted.length; row += 1) {
    const isShorter = sorted[row + half - 1]! - sorted[row]! < sorted[best + half - 1]! - sorted[best]!;
    if (isShorter) best = row;
  }
  return sorted[best]!;
}
