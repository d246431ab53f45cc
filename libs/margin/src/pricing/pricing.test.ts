import fc from 'fast-check';
import { black76, black76Greeks, type Black76Input } from './black-76.ts';
import { blackScholes, blackScholesGreeks, type BlackScholesInput } from './black-scholes.ts';
import { impliedVolatility } from './implied-volatility.ts';
import { normalDensity, normalDistribution, scaledComplementaryError } from './normal-distribution.ts';

const relative = (found: number, expected: number) => Math.abs(found / expected - 1);

describe('normalDistribution', () => {
  // By mpmath with 40 digits.
  test.each([
    [-37, 5.72557122252457682e-300],
    [-30, 4.90671392714818706e-198],
    [-20, 2.7536241186062337e-89],
    [-10, 7.61985302416052607e-24],
    [-6, 9.86587645037698141e-10],
    [-4, 3.16712418331199213e-5],
    [-2.5, 0.00620966532577613517],
    [-1, 0.158655253931457051],
    [-0.3, 0.382088577811047367],
    [0, 0.5],
    [0.2, 0.579259709439103027],
    [0.66, 0.745373085328663862],
    [0.67, 0.748571104904689898],
    [1, 0.841344746068542949],
    [3, 0.998650101968369905],
    [5.7, 0.999999994009628599],
    [8, 0.999999999999999378],
  ])('below %d lies %d', (x, share) => {
    expect(relative(normalDistribution(x), share)).toBeLessThan(2e-15);
    expect(Math.abs(normalDistribution(x) - share)).toBeLessThan(2.3e-16);
  });

  test('ends in 0 and 1', () => {
    const ends = [-Infinity, Infinity].map((x) => [normalDistribution(x), normalDensity(x)]);
    expect(ends).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(normalDensity(0)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 15);
    expect(relative(scaledComplementaryError(30), 0.018795888861416751)).toBeLessThan(2e-15);
    expect(scaledComplementaryError(-27)).toBe(Infinity);
  });
});

describe('published prices and Greeks', () => {
  test('Hull, example 15.6: 4.76 and 0.81', () => {
    const option = { spotUsd: 42, strikeUsd: 40, years: 0.5, volatility: 0.2, rate: 0.1 };
    expect(blackScholes({ ...option, isCall: true })).toBeCloseTo(4.7594, 4);
    expect(blackScholes({ ...option, isCall: false })).toBeCloseTo(0.8086, 4);
  });

  test('Haug, chapters 1 and 2', () => {
    const future = { forwardUsd: 19, strikeUsd: 19, years: 0.75, volatility: 0.28 };
    const priced = black76({ ...future, isCall: true, discount: Math.exp(-0.1 * 0.75) });
    expect(priced).toBeCloseTo(1.7011, 4);
    const of = (isCall: boolean, spotUsd: number, strikeUsd: number, rest: Partial<BlackScholesInput>) =>
      blackScholesGreeks({ isCall, spotUsd, strikeUsd, years: 0.5, volatility: 0.36, rate: 0.1, ...rest });
    expect(of(true, 105, 100, { yield: 0.1 }).delta).toBeCloseTo(0.5946, 4);
    expect(of(false, 105, 100, { yield: 0.1 }).delta).toBeCloseTo(-0.3566, 4);
    const bend = of(true, 55, 60, { years: 0.75, volatility: 0.3 });
    expect(bend.gamma).toBeCloseTo(0.0278, 4);
    expect(bend.vega).toBeCloseTo(18.9358, 4);
    const decay = { years: 0.0833, volatility: 0.2, rate: 0.07, yield: 0.05 };
    expect(of(false, 430, 405, decay).theta).toBeCloseTo(-31.1924, 3);
    expect(of(true, 72, 75, { years: 1, volatility: 0.19, rate: 0.09 }).rho).toBeCloseTo(38.7325, 4);
  });
});

const options = fc.record({
  isCall: fc.boolean(),
  forwardUsd: fc.double({ min: 20, max: 500, noNaN: true }),
  strikeUsd: fc.double({ min: 20, max: 500, noNaN: true }),
  years: fc.double({ min: 1e-4, max: 3, noNaN: true }),
  volatility: fc.double({ min: 0.05, max: 3, noNaN: true }),
  discount: fc.double({ min: 0.5, max: 1.1, noNaN: true }),
});

describe('black76', () => {
  test('a call less a put is the discounted distance from the strike', () => {
    fc.assert(
      fc.property(options, (option) => {
        const call = black76({ ...option, isCall: true });
        const put = black76({ ...option, isCall: false });
        const parity = option.discount * (option.forwardUsd - option.strikeUsd);
        expect(Math.abs(call - put - parity)).toBeLessThan(1e-12 * (call + put + 1));
      }),
    );
  });

  test('without time, volatility or strike it is what it pays', () => {
    const option = {
      isCall: true,
      forwardUsd: 110,
      strikeUsd: 100,
      years: 1,
      volatility: 0.5,
      discount: 0.9,
    };
    expect(black76({ ...option, years: 0 })).toBe(9);
    expect(black76({ ...option, volatility: 0 })).toBe(9);
    expect(black76({ ...option, strikeUsd: 0 })).toBeCloseTo(99, 12);
    expect(black76({ ...option, isCall: false, strikeUsd: 0 })).toBe(0);
    expect(black76({ ...option, volatility: 1e6 })).toBeCloseTo(99, 12);
    const late = black76Greeks({ ...option, years: 0 });
    expect(late).toEqual({ delta: 0.9, gamma: 0, vega: 0, theta: 0, rho: -0 });
    expect(black76Greeks({ ...option, forwardUsd: 100, years: 0 }).delta).toBe(0.45);
  });

  test('refuses what no option can be', () => {
    const option = { isCall: true, forwardUsd: 100, strikeUsd: 100, years: 1, volatility: 0.5 };
    const broken = { forwardUsd: 0, strikeUsd: -1, years: NaN, volatility: -0.1, discount: 0 };
    for (const [field, value] of Object.entries(broken))
      expect(() => black76({ ...option, [field]: value })).toThrow(/must be a (positive )?number/);
  });
});

describe('Greeks', () => {
  /** The slope of a price by one of its inputs. */
  const slope = (price: (change: number) => number, step: number) =>
    (price(step) - price(-step)) / (2 * step);

  test('are the slopes of the price', () => {
    const option: Black76Input = {
      isCall: false,
      forwardUsd: 90,
      strikeUsd: 100,
      years: 0.4,
      volatility: 0.8,
    };
    const rate = 0.06;
    const at = (change: Partial<Black76Input> & { rate?: number }) => {
      const moved = { ...option, ...change };
      return { ...moved, discount: Math.exp(-(change.rate ?? rate) * moved.years) };
    };
    const greeks = black76Greeks(at({}));
    const delta = (d: number) => black76Greeks(at({ forwardUsd: 90 + d })).delta;
    expect(slope((d) => black76(at({ forwardUsd: 90 + d })), 1e-3)).toBeCloseTo(greeks.delta, 8);
    expect(slope(delta, 1e-3)).toBeCloseTo(greeks.gamma, 8);
    expect(slope((d) => black76(at({ volatility: 0.8 + d })), 1e-4)).toBeCloseTo(greeks.vega, 5);
    expect(slope((d) => black76(at({ years: 0.4 - d })), 1e-5)).toBeCloseTo(greeks.theta, 5);
    expect(slope((d) => black76(at({ rate: rate + d })), 1e-4)).toBeCloseTo(greeks.rho, 5);
  });

  test('of an option on a price of now move the forward too', () => {
    const option = { isCall: true, spotUsd: 90, strikeUsd: 100, years: 0.4, volatility: 0.8, rate: 0.06 };
    const at = (change: Partial<BlackScholesInput>) => blackScholes({ ...option, yield: 0.02, ...change });
    const greeks = blackScholesGreeks({ ...option, yield: 0.02 });
    expect(slope((d) => at({ spotUsd: 90 + d }), 1e-3)).toBeCloseTo(greeks.delta, 8);
    expect((at({ spotUsd: 91 }) + at({ spotUsd: 89 }) - 2 * at({})) / 1).toBeCloseTo(greeks.gamma, 4);
    expect(slope((d) => at({ years: 0.4 - d }), 1e-5)).toBeCloseTo(greeks.theta, 5);
    expect(slope((d) => at({ rate: 0.06 + d }), 1e-4)).toBeCloseTo(greeks.rho, 5);
    const still = blackScholesGreeks({ ...option, strikeUsd: 50, volatility: 0 });
    expect(slope((d) => at({ strikeUsd: 50, volatility: 0, yield: 0, years: 0.4 - d }), 1e-5)).toBeCloseTo(
      still.theta,
      6,
    );
  });
});

describe('impliedVolatility', () => {
  test('is what the price was made with, out of the money to the last digits', () => {
    for (const years of [1 / 31_536_000, 1e-4, 0.02, 1, 30])
      for (const volatility of [0.01, 0.1, 0.5, 1, 3, 10])
        for (const moneyness of [1e-4, 0.01, 0.3, 0.7, 0.9, 0.99, 0.9999, 1]) {
          const option = { isCall: true, forwardUsd: 100 * moneyness, strikeUsd: 100, years, discount: 0.97 };
          const priceUsd = black76({ ...option, volatility });
          if (priceUsd < 1e-305 || priceUsd > 96 * moneyness) continue;
          const found = impliedVolatility({ ...option, priceUsd });
          expect(found).toEqual({ volatility: expect.closeTo(volatility, 9) });
        }
  });

  test('gives the price back, whatever the price', () => {
    fc.assert(
      fc.property(options, fc.double({ min: 1e-9, max: 0.999, noNaN: true }), (option, share) => {
        const { isCall, forwardUsd, strikeUsd, discount } = option;
        const least = discount * Math.max(0, isCall ? forwardUsd - strikeUsd : strikeUsd - forwardUsd);
        const most = discount * (isCall ? forwardUsd : strikeUsd);
        const priceUsd = least + share * (most - least);
        const found = impliedVolatility({ ...option, priceUsd });
        if ('reason' in found) throw new Error(found.reason);
        expect(relative(black76({ ...option, ...found }), priceUsd)).toBeLessThan(1e-12);
      }),
    );
  });

  test('of premiums too small for anything but a float', () => {
    const option = { isCall: true, forwardUsd: 100, strikeUsd: 1e6, years: 0.1 };
    const found = impliedVolatility({ ...option, priceUsd: 1e-300 });
    expect(found).toEqual({ volatility: expect.closeTo(0.78379107305, 10) });
  });

  test('says why there is none', () => {
    const option = { isCall: true, forwardUsd: 110, strikeUsd: 100, years: 0.1, discount: 0.9 };
    const reason = (change: object) => {
      const found = impliedVolatility({ ...option, priceUsd: 10, ...change });
      return 'reason' in found ? found.reason : found;
    };
    expect(reason({ priceUsd: 8 })).toBe('the price 8 is not above 9, its value without volatility');
    expect(reason({ priceUsd: 9 })).toMatch(/not above 9,/);
    expect(reason({ priceUsd: 9 + 1e-15 })).toMatch(/not above 9,/);
    expect(reason({ priceUsd: 99 })).toMatch(/not below 99, the most that such an option can be worth/);
    expect(reason({ isCall: false, priceUsd: 91 })).toMatch(/not below 90,/);
    expect(reason({ isCall: false, priceUsd: 0 })).toMatch(/not above 0,/);
    expect(reason({ years: 0 })).toBe('the option is expired');
    expect(reason({ strikeUsd: 0 })).toMatch(/strike 0/);
    expect(() => reason({ priceUsd: NaN })).toThrow('the price of an option must be a number');
  });
});
