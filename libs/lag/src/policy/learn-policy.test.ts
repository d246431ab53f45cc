import { barsOf, wanderingMarket } from '../fixtures/market-path.ts';
import { priceSeries } from '../series/price-series.ts';
import { expectedAnswers } from './expected-answers.ts';
import { learnPolicy } from './learn-policy.ts';
import { matchTimes } from './match-times.ts';
import type { FeedPolicy } from './policy.ts';

// Both sides share the model of a feed: this proves that the rule is found again, not that feeds follow it. That is for the real
// rounds of test/real-data/oracle-lag.test.ts.

const bars = barsOf(wanderingMarket(40 * 1_440));
const answersOf = (policy: FeedPolicy) =>
  priceSeries(expectedAnswers(policy, bars, { barSeconds: 60 })).series;

describe('the rule of a feed, learned from its answers', () => {
  it.each([0.0025, 0.005, 0.01])(
    'has the threshold of %d and a heartbeat from the last answer',
    (threshold) => {
      const learned = learnPolicy(answersOf({ threshold, heartbeatSeconds: 3_600, clocks: [] }));
      expect(learned.threshold! / threshold).toBeGreaterThanOrEqual(0.999);
      expect(learned.threshold! / threshold).toBeLessThan(1.1);
      expect(learned.heartbeatSeconds).toBe(3_600);
      expect(learned.clocks).toEqual([]);
    },
  );

  it('has clocks of its own, an hourly and a daily one', () => {
    const clocks = [
      { periodSeconds: 3_600, phaseSeconds: 3_323 },
      { periodSeconds: 86_400, phaseSeconds: 28_823 },
    ];
    const learned = learnPolicy(answersOf({ threshold: 0.005, heartbeatSeconds: undefined, clocks }));
    expect(learned.clocks.map(({ periodSeconds }) => periodSeconds)).toEqual([3_600, 86_400]);
    for (const [row, { phaseSeconds }] of learned.clocks.entries())
      expect(Math.abs(phaseSeconds - clocks[row]!.phaseSeconds)).toBeLessThanOrEqual(60);
    expect(learned.threshold! / 0.005).toBeGreaterThanOrEqual(0.999);
    expect(learned.threshold! / 0.005).toBeLessThan(1.1);
  });

  it('is unknown of few answers, and has no threshold where no move brought one', () => {
    const few = priceSeries([1, 2, 3].map((time) => ({ time, price: time }))).series;
    expect(learnPolicy(few)).toEqual({ threshold: undefined, heartbeatSeconds: undefined, clocks: [] });
    const quiet = answersOf({ threshold: undefined, heartbeatSeconds: 3_600, clocks: [] });
    expect(learnPolicy(quiet)).toMatchObject({ threshold: undefined, heartbeatSeconds: 3_600 });
  });
});

describe('answers that are expected', () => {
  it('see the extremes of a bar as far as they are said to', () => {
    const policy = { threshold: 0.01, heartbeatSeconds: undefined, clocks: [] };
    const spike = [{ time: 0, open: 100, high: 101.5, low: 100, close: 100 }];
    const count = (reach: number) => expectedAnswers(policy, spike, { barSeconds: 60, reach }).length;
    expect([0, 0.5, 1].map(count)).toEqual([0, 0, 2]);
  });

  it('go on from what was answered where that is known, so that an error does not last', () => {
    const policy = { threshold: undefined, heartbeatSeconds: 600, clocks: [] };
    const flat = Array.from({ length: 60 }, (_, minute) => {
      return { time: minute * 60, open: 100, high: 100, low: 100, close: 100 };
    });
    const seen = priceSeries([450, 1_050, 1_650].map((time) => ({ time, price: 100 }))).series;
    const times = (inStepWith?: typeof seen) =>
      expectedAnswers(policy, flat, { barSeconds: 60, ...(inStepWith && { inStepWith }) }).map(
        ({ time }) => time,
      );
    expect(times()).toEqual([600, 1_200, 1_800, 2_400, 3_000, 3_600]);
    expect(times(seen)).toEqual([1_050, 1_650, 2_250, 2_850, 3_450]);
  });

  it('refuse bars out of order and a feed of which nothing is known', () => {
    const nothing = { threshold: undefined, heartbeatSeconds: undefined, clocks: [] };
    expect(() => expectedAnswers(nothing, bars, { barSeconds: 60 })).toThrow(/nothing is known/);
    const back = [bars[1]!, bars[0]!];
    const policy = { ...nothing, threshold: 0.01 };
    expect(() => expectedAnswers(policy, back, { barSeconds: 60 })).toThrow(/in order of time/);
  });
});

describe('moments that are matched', () => {
  it('go into one pair at most', () => {
    expect(matchTimes([0, 10, 100], [5, 12, 13, 300], 10)).toEqual({
      pairs: 2,
      recall: 0.5,
      precision: 2 / 3,
    });
    expect(matchTimes([], [1], 10)).toEqual({ pairs: 0, recall: 0, precision: 0 });
  });
});
