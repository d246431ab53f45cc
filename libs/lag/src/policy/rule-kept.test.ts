import { tradingHours } from '../availability/trading-hours.ts';
import { barsOf, wanderingMarket } from '../fixtures/market-path.ts';
import { priceSeries, type PriceSeries } from '../series/price-series.ts';
import { expectedAnswers } from './expected-answers.ts';
import { jumpCoverage } from './jump-coverage.ts';
import { missedAnswers } from './missed-answers.ts';
import type { FeedPolicy } from './policy.ts';

const HOUR = 3_600;
const DAY = 86_400;
const BY_HEARTBEAT: FeedPolicy = { threshold: 0.005, heartbeatSeconds: HOUR, clocks: [] };
const series = (points: readonly (readonly [time: number, price: number])[]): PriceSeries =>
  priceSeries(points.map(([time, price]) => ({ time, price }))).series;
const NO_MARKET = series([]);

/** A market that is measured every five minutes and jumps by a hundredth at every full hour from the second on. */
const HOURS = 24;
const jumping = series(
  Array.from({ length: HOURS * 12 }, (_, step) => [step * 300, 100 * 1.01 ** Math.floor(step / 12)] as const),
);
const priceOf = (hour: number) => 100 * 1.01 ** hour;

it.each([1, 2, 3])('a feed that keeps its rule misses nothing and follows every jump (seed %d)', (seed) => {
  const market = wanderingMarket(5 * 1_440, { seed, perMinute: 0.002 });
  const clocks = [{ periodSeconds: HOUR, phaseSeconds: 1_800 }];
  for (const policy of [BY_HEARTBEAT, { ...BY_HEARTBEAT, clocks }]) {
    const answers = priceSeries(expectedAnswers(policy, barsOf(market), { barSeconds: 60 })).series;
    const missed = missedAnswers({ answers, market, policy }, 0, 5 * DAY)!;
    expect(missed).toEqual({ came: answers.times.length, missed: 0 });
    // Without every third answer it misses as many, but those that the market has come back from meanwhile.
    const isLeft = (_: number, row: number) => row % 3 !== 0;
    const left = { times: answers.times.filter(isLeft), prices: answers.prices.filter(isLeft) };
    const found = missedAnswers({ answers: left, market, policy }, left.times[0]!, 5 * DAY)!;
    expect(found.missed).toBeGreaterThan(answers.times.length / 6);
    const { jumps, coverage } = jumpCoverage({ answers, market, policy }, { from: 0, to: 5 * DAY })!;
    expect(jumps).toBeGreaterThan(50);
    expect(coverage).toBe(1);
  }
});

describe('answers that were missed', () => {
  const hourly = Array.from({ length: 30 }, (_, hour) => [hour * HOUR, 100] as const);

  it('are the heartbeats that passed without one, and what may still come is not among them', () => {
    // Of hours 10 to 29 those from 20 to 24 are left out.
    const answers = series(hourly.filter((_, hour) => hour < 20 || hour >= 25));
    const feed = { answers, market: NO_MARKET, policy: BY_HEARTBEAT };
    expect(missedAnswers(feed, 10 * HOUR, 29 * HOUR)).toEqual({ came: 15, missed: 5 });
    const stopped = { ...feed, answers: series(hourly.slice(0, 20)) };
    expect(missedAnswers(stopped, 10 * HOUR, 22 * HOUR + 299)).toEqual({ came: 10, missed: 2 });
    expect(missedAnswers(stopped, 10 * HOUR, 22 * HOUR + 300)).toEqual({ came: 10, missed: 3 });
    // What passed before the time does not count, and its beat goes on.
    expect(missedAnswers(stopped, 100 * HOUR + 1, 110 * HOUR)).toEqual({ came: 0, missed: 9 });
  });

  it('are the moves by the threshold, each from where the market was when one should have come', () => {
    const policy = { threshold: 0.005, heartbeatSeconds: undefined, clocks: [] };
    const told = (hours: readonly number[]) =>
      series([[0, 100], ...hours.map((hour) => [hour * HOUR + 120, priceOf(hour)] as const)]);
    const every = Array.from({ length: HOURS - 1 }, (_, hour) => hour + 1);
    const count = (hours: readonly number[]) =>
      missedAnswers({ answers: told(hours), market: jumping, policy }, 0, HOURS * HOUR);
    expect(count(every)).toEqual({ came: 24, missed: 0 });
    expect(count(every.filter((hour) => hour % 4 !== 0))).toEqual({ came: 19, missed: 5 });
    expect(count([])).toEqual({ came: 1, missed: 23 });
  });

  it('are not moves that the answer has made already, as the market is measured seldom', () => {
    const policy = { threshold: 0.005, heartbeatSeconds: undefined, clocks: [] };
    const market = series([
      [0, 100],
      [300, 101],
    ]);
    const answers = series([
      [0, 100],
      [200, 101],
    ]);
    expect(missedAnswers({ answers, market, policy }, 0, DAY)).toEqual({ came: 2, missed: 0 });
  });

  it('are strikes of a clock, and nothing while the market is closed', () => {
    const policy = {
      threshold: undefined,
      heartbeatSeconds: HOUR,
      clocks: [{ periodSeconds: HOUR, phaseSeconds: 600 }],
    };
    const answers = series([
      [0, 100],
      [560, 100],
      [HOUR + 700, 100],
      [3 * HOUR + 650, 100],
    ]);
    const feed = { answers, market: NO_MARKET, policy };
    expect(missedAnswers(feed, 0, 4 * HOUR)).toEqual({ came: 4, missed: 1 });
    const hours = tradingHours({
      zone: 'UTC',
      sessions: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '02:00' }],
      holidays: [],
    });
    expect(missedAnswers({ ...feed, hours }, 0, 4 * HOUR)).toEqual({ came: 4, missed: 0 });
    // By heartbeat: two open hours a day, the first of them from the answer at one day's midnight.
    const still = { answers: series([[0, 100]]), market: NO_MARKET, policy: BY_HEARTBEAT, hours };
    expect(missedAnswers(still, 0, 3 * DAY - 1)).toEqual({ came: 1, missed: 6 });
    expect(missedAnswers(still, DAY, 3 * DAY - 1)).toEqual({ came: 0, missed: 4 });
  });

  it('cannot be told without a rule or an answer', () => {
    const policy = { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
    expect(missedAnswers({ answers: series(hourly), market: jumping, policy }, 0, DAY)).toBeUndefined();
    const feed = { answers: NO_MARKET, market: jumping, policy: BY_HEARTBEAT };
    expect(missedAnswers(feed, 0, DAY)).toBeUndefined();
  });
});

describe('the coverage of jumps', () => {
  const answersAt = (hours: readonly number[], lateSeconds: number) =>
    series([[0, 100], ...hours.map((hour) => [hour * HOUR + lateSeconds, priceOf(hour)] as const)]);
  const all = Array.from({ length: HOURS - 1 }, (_, hour) => hour + 1);
  const covered = (answers: PriceSeries) =>
    jumpCoverage({ answers, market: jumping, policy: BY_HEARTBEAT }, { from: 0, to: HOURS * HOUR });

  it('is the share of them that an answer came for in time', () => {
    expect(covered(answersAt(all, 300))).toEqual({ jumps: 23, followed: 23, coverage: 1 });
    expect(covered(answersAt(all, 301))).toEqual({ jumps: 23, followed: 0, coverage: 0 });
    const some = all.filter((hour) => hour % 4 !== 0);
    expect(covered(answersAt(some, 60))).toEqual({ jumps: 23, followed: 18, coverage: 18 / 23 });
    // An answer that tells less than half of a jump is not there yet.
    const halves = series([[0, 100], ...all.map((hour) => [hour * HOUR + 60, priceOf(hour - 0.6)] as const)]);
    expect(covered(halves)?.followed).toBe(0);
  });

  it('asks nothing of a feed to which the market jumps back, nor of moves that take their time', () => {
    const there = series([
      [0, 100],
      [300, 102],
      [600, 100],
    ]);
    const answers = series([[0, 100]]);
    const found = jumpCoverage({ answers, market: there, policy: BY_HEARTBEAT }, { from: 0, to: HOUR });
    expect(found).toEqual({ jumps: 1, followed: 0, coverage: 0 });
    const slow = series(Array.from({ length: 12 }, (_, step) => [step * 300, 100 + 0.4 * step] as const));
    const none = jumpCoverage({ answers, market: slow, policy: BY_HEARTBEAT }, { from: 0, to: HOUR });
    expect(none).toEqual({ jumps: 0, followed: 0, coverage: undefined });
    // Nobody knows whether the market jumped while it was not measured.
    const gap = series([
      [0, 100],
      [HOUR, 102],
    ]);
    expect(jumpCoverage({ answers, market: gap, policy: BY_HEARTBEAT }, { from: 0, to: DAY })?.jumps).toBe(0);
  });

  it('cannot be told without a threshold', () => {
    const policy = { ...BY_HEARTBEAT, threshold: undefined };
    expect(
      jumpCoverage({ answers: answersAt(all, 60), market: jumping, policy }, { from: 0, to: DAY }),
    ).toBeUndefined();
  });
});
