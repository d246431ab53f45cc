import fc from 'fast-check';
import type { DepthCurve } from '../curve.ts';
import { buy, sell } from '../trade.ts';
import { depthWithin } from './depth-within.ts';
import { quotesOfLevels } from './order-book.ts';
import type { QuotedAmount } from './quoted-amount.ts';
import { quotedCurve, type QuotedSides } from './quoted-curve.ts';
import { requoted } from './requoted.ts';

function curveOf(sides: Partial<QuotedSides>): DepthCurve {
  const made = quotedCurve({ sells: [], buys: [], ...sides });
  if ('flaws' in made) throw new Error(made.flaws.map(({ problem }) => problem).join('; '));
  return made.curve;
}

const flawsOf = (sides: Partial<QuotedSides>) => {
  const made = quotedCurve({ sells: [], buys: [], ...sides });
  return 'flaws' in made ? made.flaws : [];
};

const quote = (units: number, quoteUnits: number): QuotedAmount => ({ units, quoteUnits });

/** Quotes of a market whose price moves away from `start` by a share per step. */
const quotesFrom = (start: number, direction: 1 | -1) =>
  fc
    .array(
      fc.tuple(
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        fc.double({ min: 1e-5, max: 0.2, noNaN: true }),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((steps) => {
      let [price, units, quoteUnits] = [start, 0, 0];
      return steps.map(([size, share]) => {
        price *= direction === 1 ? 1 + share : 1 / (1 + share);
        units += size;
        quoteUnits += size * price;
        return quote(units, quoteUnits);
      });
    });

const isNear = (a: number, b: number) => Math.abs(a / b - 1) < 1e-7;

describe('a curve of quotes', () => {
  test('pays and costs what each quote says, and no unit more is traded after the last', () => {
    fc.assert(
      fc.property(quotesFrom(1_999, -1), quotesFrom(2_001, 1), (sells, buys) => {
        for (const sides of [{ sells, buys }, { sells }, { buys }]) {
          const curve = curveOf(sides);
          for (const [i, { units, quoteUnits }] of (sides.sells ?? []).entries()) {
            const fill = sell(curve, curve.startSqrtPrice, units);
            expect(isNear(fill.quoteAmount, quoteUnits)).toBe(true);
            if (i < sides.sells!.length - 1) expect(fill.unfilled).toBe(0);
          }
          for (const { units, quoteUnits } of sides.buys ?? [])
            expect(isNear(buy(curve, curve.startSqrtPrice, units).quoteAmount, quoteUnits)).toBe(true);
          const [sold, bought] = [sides.sells?.at(-1)?.units ?? 0, sides.buys?.at(-1)?.units ?? 0];
          const most = 10 * (sold + bought);
          expect(Math.abs(sell(curve, curve.startSqrtPrice, most).filled - sold)).toBeLessThan(1e-6 * most);
          expect(Math.abs(buy(curve, curve.startSqrtPrice, most).filled - bought)).toBeLessThan(1e-6 * most);
        }
      }),
    );
  });

  test('fits together: roots ascend, liquidity is positive, the start lies on it', () => {
    fc.assert(
      fc.property(quotesFrom(0.5, -1), quotesFrom(0.5, 1), (sells, buys) => {
        const { sqrtPrice, liquidity, startSqrtPrice, feeRatio } = curveOf({ sells, buys });
        expect(sqrtPrice.every((root, i) => i === 0 || root > sqrtPrice[i - 1]!)).toBe(true);
        expect(liquidity.every((depth) => depth > 0 && Number.isFinite(depth))).toBe(true);
        expect(startSqrtPrice > sqrtPrice[0]! && startSqrtPrice < sqrtPrice.at(-1)!).toBe(true);
        expect(feeRatio >= 0 && feeRatio < 1).toBe(true);
      }),
    );
  });

  test('is the constant product that was quoted', () => {
    // 1,000 asset and 2,000,000 quote units: selling x brings 2e6 · x ÷ (1,000 + x).
    const sizes = Array.from({ length: 40 }, (_, i) => 2.5 * (i + 1));
    const curve = curveOf({ sells: sizes.map((x) => quote(x, (2e6 * x) / (1_000 + x))) });
    expect(curve.startSqrtPrice ** 2 / 2_000).toBeCloseTo(1, 3);
    for (const x of [1, 3.3, 17, 99])
      expect(sell(curve, curve.startSqrtPrice, x).quoteAmount / ((2e6 * x) / (1_000 + x))).toBeCloseTo(1, 4);
  });

  test('takes what lies between the sides as the fee', () => {
    const { feeRatio, startSqrtPrice } = curveOf({ sells: [quote(1, 99.9)], buys: [quote(1, 100.1)] });
    expect(feeRatio).toBeCloseTo(0.001, 5);
    expect(startSqrtPrice ** 2).toBeCloseTo(100, 3);
  });

  test('averages quotes of different moments, and sides that cross by a hair', () => {
    const sells = [quote(1, 100), quote(2, 200.5), quote(3, 299)];
    const curve = curveOf({ sells, buys: [quote(1, 99.9)] });
    for (const { units, quoteUnits } of sells)
      expect(sell(curve, curve.startSqrtPrice, units).quoteAmount / quoteUnits).toBeCloseTo(1, 2);
    expect(curve.feeRatio).toBe(0);
  });

  test.each<[string, Partial<QuotedSides>, number, RegExp]>([
    [
      'less for more',
      { sells: [quote(1, 100), quote(5, 90)] },
      1,
      /5 brings 90, no more than 1, which brings 100/,
    ],
    ['less for more to who buys', { buys: [quote(5, 90), quote(1, 100)] }, 0, /5 costs 90, no more than 1/],
    ['an amount twice', { sells: [quote(1, 100), quote(1, 99)] }, 1, /1 is quoted twice/],
    [
      'a slip of a digit',
      { sells: [quote(1, 100), quote(2, 1_990), quote(3, 2_970)] },
      0,
      /check its digits/,
    ],
    ['no amount', { sells: [quote(0, 100)] }, 0, /above 0/],
    ['no number', { buys: [quote(1, NaN)] }, 0, /above 0/],
    ['sides of different times', { sells: [quote(1, 103)], buys: [quote(1, 100)] }, 0, /3\.0 % more/],
  ])('refuses %s and says which quote', (_what, sides, index, problem) => {
    expect(flawsOf(sides)[0]).toMatchObject({ index, problem: expect.stringMatching(problem) });
  });
});

describe('an order book', () => {
  test('is emptied level by level, the best first, whatever their order', () => {
    const bids = [
      { price: 98, size: 4 },
      { price: 99, size: 1 },
      { price: 98, size: 1 },
    ];
    expect(quotesOfLevels(bids, 'bid')).toEqual([quote(1, 99), quote(6, 589)]);
    const asks = [
      { price: 102, size: 2 },
      { price: 101, size: 3 },
    ];
    expect(quotesOfLevels(asks, 'ask')).toEqual([quote(3, 303), quote(5, 507)]);
    const curve = curveOf({ sells: quotesOfLevels(bids, 'bid'), buys: quotesOfLevels(asks, 'ask') });
    expect(sell(curve, curve.startSqrtPrice, 6).quoteAmount).toBeCloseTo(589, 9);
    expect(buy(curve, curve.startSqrtPrice, 5).quoteAmount).toBeCloseTo(507, 9);
  });
});

describe('quotes made anew', () => {
  test('move the price by the same share for the same units, and pay in proportion to it', () => {
    fc.assert(
      fc.property(
        quotesFrom(2_000, -1),
        quotesFrom(2_000, 1),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 1e4, noNaN: true }),
        (sells, buys, factor, units) => {
          const before = curveOf({ sells, buys });
          const after = requoted(before, before.startSqrtPrice * Math.sqrt(factor));
          for (const trade of [sell, buy]) {
            const [there, here] = [before, after].map((curve) => trade(curve, curve.startSqrtPrice, units));
            expect(Math.abs(here!.quoteAmount - there!.quoteAmount * factor)).toBeLessThan(
              1e-6 * there!.quoteAmount * factor + 1e-9,
            );
            expect(Math.abs(here!.filled - there!.filled)).toBeLessThan(1e-6 * units);
          }
        },
      ),
    );
  });
});

describe('depth within a share of the price', () => {
  test('pays so much while the price falls by that, and nothing beyond', () => {
    const curve = depthWithin({ price: 2_000, share: 0.02, quoteUnits: 1e6 });
    const fill = sell(curve, curve.startSqrtPrice, 1e6);
    expect(fill.quoteAmount).toBeCloseTo(1e6, 3);
    expect(fill.sqrtPriceAfter ** 2).toBeCloseTo(1_960, 6);
    expect(buy(curve, curve.startSqrtPrice, 1e6).sqrtPriceAfter ** 2).toBeCloseTo(2_000 / 0.98, 6);
  });
});
