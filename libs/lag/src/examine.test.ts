import { examine } from './examine.ts';
import { barsOf, wanderingMarket } from './fixtures/market-path.ts';
import { expectedAnswers } from './policy/expected-answers.ts';
import { priceSeries } from './series/price-series.ts';

const market = wanderingMarket(30 * 1_440);
const bars = barsOf(market);
const rule = {
  threshold: 0.005,
  heartbeatSeconds: undefined,
  clocks: [{ periodSeconds: 3_600, phaseSeconds: 1_800 }],
};
const answers = priceSeries(expectedAnswers(rule, bars, { barSeconds: 60 })).series;

describe('an oracle that is examined', () => {
  it('is foretold by its own rule, learned outside the time, and nothing is flagged', () => {
    const last = { times: market.times.subarray(25 * 1_440), prices: market.prices.subarray(25 * 1_440) };
    const found = examine({ answers, market: last, bars: bars.slice(25 * 1_440), barSeconds: 60 })!;
    expect(found.isLearnedElsewhere).toBe(true);
    expect(found.foretold!.matched.recall).toBeGreaterThan(0.9);
    expect(found.foretold!.matched.precision).toBeGreaterThan(0.9);
    expect(found.foretold!.naive.skill).toBeGreaterThan(0.5);
    expect(found.foretold!.naiveInStep.skill).toBeGreaterThan(0);
    expect(found.delay!.delaySeconds).toBeLessThan(300);
    expect(found.flags).toEqual([]);
    expect(found.missed!.missed / found.missed!.came).toBeLessThan(0.02);
    expect(found.jumps).toEqual({ jumps: 0, followed: 0, coverage: undefined });
  });

  it('says that its rule was learned on the same time where there is no other', () => {
    const found = examine({ answers, market, barSeconds: 60 })!;
    expect(found.isLearnedElsewhere).toBe(false);
    expect(found.foretold).toBeUndefined();
    expect(found.answers).toBeGreaterThan(500);
  });

  it('is unknown where oracle and market have no time in common', () => {
    const later = wanderingMarket(100, { start: 1e9 });
    expect(examine({ answers: later, market, barSeconds: 60 })).toBeUndefined();
    expect(examine({ answers: priceSeries([]).series, market, barSeconds: 60 })).toBeUndefined();
  });
});
