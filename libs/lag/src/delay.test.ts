import { estimateDelay } from './delay.ts';
import { wanderingMarket } from './fixtures/market-path.ts';
import { priceSeries } from './series/price-series.ts';

const DAYS = 20;
const market = wanderingMarket(DAYS * 1_440);
const shiftsSeconds = Array.from({ length: 25 }, (_, row) => row * 300);

/** An oracle that says at every full hour what the market was some time before. */
const lateBy = (seconds: number) =>
  priceSeries(
    Array.from({ length: DAYS * 24 - 3 }, (_, hour) => {
      const time = (hour + 3) * 3_600;
      return { time, price: market.prices[Math.floor((time - seconds) / 60)]! };
    }),
  ).series;

const span = { from: 0, to: DAYS * 86_400 };

describe('the delay of an oracle', () => {
  it.each([0, 600, 3_600, 5_400])('is found where it is %d seconds', (seconds) => {
    const delay = estimateDelay(lateBy(seconds), market, { ...span, shiftsSeconds, resamples: 20 })!;
    expect(Math.abs(delay.delaySeconds - seconds)).toBeLessThanOrEqual(150);
    expect(delay.bandSeconds[0] - 1e-9).toBeLessThanOrEqual(delay.delaySeconds);
    expect(delay.bandSeconds[1] + 1e-9).toBeGreaterThanOrEqual(delay.delaySeconds);
    expect(delay.error).toBe(0);
    expect(delay.curve).toHaveLength(shiftsSeconds.length);
  });

  it('of what holds is that of the answers and half the time between them', () => {
    const held = estimateDelay(lateBy(600), market, {
      ...span,
      everySeconds: 1_000,
      shiftsSeconds,
      resamples: 1,
    })!;
    expect(Math.abs(held.delaySeconds - (600 + 1_800))).toBeLessThan(600);
  });

  it('is the same for the same seed, and its band another for another', () => {
    const late = lateBy(3_600);
    // Every other answer is 1 % off: the least error is no longer plain.
    const prices = late.prices.map((price, row) => price * (row % 2 === 0 ? 1 : 1.01));
    const noisy = { ...late, prices };
    const ask = (seed: number) =>
      estimateDelay(noisy, market, { ...span, shiftsSeconds, resamples: 40, seed });
    expect(ask(1)).toEqual(ask(1));
    expect(ask(2)!.delaySeconds).toBe(ask(1)!.delaySeconds);
    expect(ask(2)!.bandSeconds).not.toEqual(ask(1)!.bandSeconds);
  });

  it('is not told of what never moves, or of a single piece of time', () => {
    const still = priceSeries([0, 1, 2].map((day) => ({ time: day * 86_400, price: 1 }))).series;
    expect(estimateDelay(still, market, { ...span, shiftsSeconds })).toBeUndefined();
    expect(estimateDelay(lateBy(0), market, { from: 0, to: 40_000, shiftsSeconds })).toBeUndefined();
  });

  it('refuses shifts that do not rise', () => {
    const ask = (shifts: readonly number[]) =>
      estimateDelay(lateBy(0), market, { ...span, shiftsSeconds: shifts });
    expect(() => ask([0])).toThrow(/at least two shifts/);
    expect(() => ask([0, 600, 300])).toThrow(/rising/);
  });
});
