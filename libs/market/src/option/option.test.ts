import fc from 'fast-check';
import { geometricAverageWad, observe, type AverageObservation } from './average.ts';
import { optionValues, optionVegaWad } from './black-scholes.ts';
import { expWad, lnWad } from './exponential.ts';
import { optionLiquidation } from './liquidation.ts';
import { optionLiquidationAnswer } from './liquidation-price.ts';
import { isOptionLiquidatable, leastCollateral, shockVolatilityWad } from './margin.ts';
import type { MarginTerms, PenaltyTerms } from './terms.ts';
import { foldVolatility } from './volatility.ts';

const WAD = 10n ** 18n;
const DAY = 86_400;
const wad = (value: number): bigint => BigInt(Math.round(value * 1e6)) * 10n ** 12n;
const toNumber = (value: bigint): number => Number(value) / 1e18;

const margin: MarginTerms = {
  ...{ leastQuoteWad: wad(200), leastBaseWad: wad(0.2) },
  ...{ shockVolatilityAWad: wad(2.5), pointA: 14n * 86_400n },
  ...{ shockVolatilityBWad: wad(1.8), pointB: 56n * 86_400n },
  ...{ callSpotShockWad: wad(1.2), putSpotShockWad: wad(0.8) },
};
const penalty: PenaltyTerms = {
  ...{ penaltyWad: wad(0.2), liquidatorShareWad: wad(0.4), securityShareWad: wad(0.3), leastFeeWad: wad(15) },
};
const series = { strikePriceWad: wad(3_000), secondsToExpiry: 28n * 86_400n, rateWad: wad(0.05) };
const input = { ...series, spotWad: wad(3_000), volatilityWad: wad(0.9) };

describe('exponential', () => {
  test('e^ln(x) is x within the digits that are kept, and both are those of Math', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), (x) => {
        const log = lnWad(x);
        expect(toNumber(log)).toBeCloseTo(Math.log(toNumber(x)), 12);
        expect(Math.abs(toNumber(expWad(log) - x))).toBeLessThanOrEqual(Math.max(2e-18, toNumber(x) * 1e-16));
      }),
    );
  });

  test('far below zero nothing is left; the logarithm of nothing is a bug', () => {
    expect(expWad(-42139678854452767551n)).toBe(0n);
    expect(expWad(-42139678854452767550n)).toBe(0n);
    expect(expWad(-41n * WAD)).toBe(1n);
    expect(() => lnWad(0n)).toThrow();
  });
});

describe('optionValues', () => {
  test('are those of the textbook', () => {
    // Haug, The Complete Guide to Option Pricing Formulas, 2nd ed., section 1.1.1: a call on 60 at 65 is 2.1334.
    const { callWad } = optionValues({
      ...{ secondsToExpiry: 7_884_000n, volatilityWad: wad(0.3), spotWad: wad(60) },
      ...{ strikePriceWad: wad(65), rateWad: wad(0.08) },
    });
    expect(toNumber(callWad)).toBeCloseTo(2.1334, 4);
  });

  test('keep parity, and are worth their exercise at expiry', () => {
    const { callWad, putWad } = optionValues(input);
    const years = 28 / 365;
    expect(toNumber(callWad - putWad)).toBeCloseTo(3_000 - 3_000 * Math.exp(-0.05 * years), 6);
    const atExpiry = optionValues({ ...input, secondsToExpiry: 0n, spotWad: wad(3_100) });
    expect([toNumber(atExpiry.callWad), toNumber(atExpiry.putWad)]).toEqual([
      expect.closeTo(100, 6),
      expect.closeTo(0, 6),
    ]);
  });

  test('vega is the slope in volatility', () => {
    const bump = 1e-4;
    const up = optionValues({ ...input, volatilityWad: wad(0.9 + bump) }).callWad;
    const down = optionValues({ ...input, volatilityWad: wad(0.9 - bump) }).callWad;
    expect(toNumber(up - down) / (2 * bump)).toBeCloseTo(toNumber(optionVegaWad(input)), 1);
  });
});

describe('leastCollateral', () => {
  const at = (
    type: 'short-call-base' | 'short-call-quote' | 'short-put-quote',
    amount: number,
    spot = 3_000,
  ) => toNumber(leastCollateral({ type, amountWad: wad(amount) }, { ...series, spotWad: wad(spot) }, margin));

  test('of a small position is the least of a position, but never more than covers any outcome', () => {
    expect(at('short-call-quote', 0.001)).toBe(200);
    expect(at('short-put-quote', 0.1)).toBe(200);
    expect(at('short-put-quote', 0.01)).toBe(30);
    expect(at('short-call-base', 0.1)).toBe(0.1);
    expect(at('short-call-base', 0.3)).toBe(0.2);
    expect(at('short-put-quote', 0)).toBe(0);
  });

  test('grows with the price for calls and falls with it for puts', () => {
    expect(at('short-call-quote', 10, 3_300)).toBeGreaterThan(at('short-call-quote', 10));
    expect(at('short-call-base', 10, 3_300)).toBeGreaterThan(at('short-call-base', 10));
    expect(at('short-put-quote', 10, 3_300)).toBeLessThan(at('short-put-quote', 10));
  });

  test('survives a volatility that falls with the time to expiry', () => {
    const days = [0, 14, 35, 56, 300].map((day) => toNumber(shockVolatilityWad(BigInt(day * DAY), margin)));
    expect(days).toEqual([2.5, 2.5, 2.15, 1.8, 1.8]);
  });
});

describe('optionLiquidationAnswer', () => {
  test('is where the position becomes liquidatable, to the last unit of the feed', () => {
    const types = fc.constantFrom(
      'short-call-base' as const,
      'short-call-quote' as const,
      'short-put-quote' as const,
    );
    fc.assert(
      fc.property(types, fc.double({ min: 1.01, max: 4, noNaN: true }), (type, health) => {
        const start = { ...series, spotWad: wad(3_000) };
        const sized = { type, amountWad: wad(7) };
        const collateral = (leastCollateral(sized, start, margin) * wad(health)) / WAD;
        const position = { ...sized, collateral };
        const answerScale = 10n ** 10n;
        const answer = optionLiquidationAnswer({ position, series, terms: margin, answerScale });
        const isDue = (raw: bigint) =>
          isOptionLiquidatable(position, { ...series, spotWad: raw * answerScale }, margin);
        if (answer === undefined) {
          expect([isDue(1n), isDue(10n ** 16n)]).toEqual([false, false]);
          return;
        }
        expect(isDue(answer)).toBe(true);
        expect(isDue(type === 'short-put-quote' ? answer + 1n : answer - 1n)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  test('is nothing where any outcome is covered', () => {
    const position = { type: 'short-put-quote', amountWad: wad(2), collateral: wad(6_000) } as const;
    expect(
      optionLiquidationAnswer({ position, series, terms: margin, answerScale: 10n ** 10n }),
    ).toBeUndefined();
  });
});

describe('optionLiquidation', () => {
  test('conserves the collateral, and says what the pool lacks', () => {
    const types = fc.constantFrom('short-call-base' as const, 'short-call-quote' as const);
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 23n });
    fc.assert(
      fc.property(types, amounts, amounts, (type, collateral, costWad) => {
        const of = { type, collateral, costWad, spotWad: wad(2_500), penalty, exchangeFeeWad: wad(0.0075) };
        const { insolvent, ...parts } = optionLiquidation(of);
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0n)).toBe(collateral);
        expect(Object.values(parts).every((part) => part >= 0n)).toBe(true);
        if (parts.toOwner > 0n) expect(insolvent).toBe(0n);
      }),
    );
  });

  test('takes the least fee before the price', () => {
    const of = { type: 'short-put-quote', spotWad: WAD, penalty, exchangeFeeWad: 0n } as const;
    const ample = optionLiquidation({ ...of, collateral: wad(1_000), costWad: wad(500) });
    expect(ample).toMatchObject({ toOwner: wad(400), toPoolAsPrice: wad(500), toLiquidator: wad(40) });
    const short = optionLiquidation({ ...of, collateral: wad(400), costWad: wad(500) });
    expect(short).toMatchObject({ toOwner: 0n, toPoolAsPrice: wad(385), insolvent: wad(115) });
    const dust = optionLiquidation({ ...of, collateral: wad(10), costWad: wad(500) });
    expect(dust).toMatchObject({ toPoolAsPrice: 0n, insolvent: wad(500), toLiquidator: wad(4) });
  });
});

describe('averages', () => {
  test('of one value are that value; of two, their geometric mean by time', () => {
    const one = observe([], wad(0.9), 1_700_000_000);
    expect(toNumber(geometricAverageWad(one, 3_600n, 1_700_050_000))).toBeCloseTo(0.9, 15);
    const two = observe(one, wad(0.4), 1_700_000_100);
    expect(toNumber(geometricAverageWad(two, 200n, 1_700_000_200))).toBeCloseTo(0.6, 15);
    expect(toNumber(geometricAverageWad(two, 100n, 1_700_000_200))).toBeCloseTo(0.4, 15);
  });

  test('the last value of a block counts, the same again adds nothing, and what no period reaches is dropped', () => {
    const start = observe([], wad(1), 1_000);
    expect(observe(start, wad(2), 1_000)).toMatchObject([{ time: 1_000, valueWad: wad(2) }]);
    expect(observe(start, wad(1), 2_000)).toBe(start);
    let long: readonly AverageObservation[] = start;
    for (let day = 1; day <= 200; day++) long = observe(long, wad(1 + day / 100), 1_000 + day * DAY);
    expect(long).toHaveLength(61);
    expect(long[0]!.time).toBeLessThanOrEqual(1_000 + 140 * DAY);
  });

  test('after a snapshot they start as the average that a view gave', () => {
    const past = { averageWad: wad(0.8), seconds: 600 };
    const said = { form: 'option', valueWad: wad(1), averagedWad: wad(1) } as const;
    const { observations } = foldVolatility(undefined, { ...said, past }, 1_700_000_000);
    expect(toNumber(geometricAverageWad(observations, 600n, 1_700_000_000))).toBeCloseTo(0.8, 15);
    expect(toNumber(geometricAverageWad(observations, 600n, 1_700_000_600))).toBeCloseTo(1, 15);
  });
});
