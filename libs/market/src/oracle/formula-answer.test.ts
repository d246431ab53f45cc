import fc from 'fast-check';
import { formulaAnswer } from './formula-answer.ts';
import type { DiscountedFormula, FeedFormula, RateFormula } from './formula.ts';

const answers =
  (record: Readonly<Record<string, bigint | undefined>>) =>
  (feed: string): bigint | undefined =>
    record[feed];
const DAY = 86_400n;
const YEAR = 365n * DAY;
const WAD = 10n ** 18n;
const START = 1_700_000_000;

/** A staked token at 1.2285, whose rate was 1.1919 a week before and may grow 9.68 % a year. */
const staked: RateFormula = {
  form: 'rate',
  base: 'eth',
  rate: 1_228_500_000_000_000_000n,
  rateDecimals: 18,
  cap: {
    rate: 1_191_900_000_000_000_000n,
    since: BigInt(START) - 7n * DAY,
    growthPerSecond: (1_191_900_000_000_000_000n * 968n * 1_000_000n) / 10_000n / YEAR,
    growthScale: 1_000_000n,
  },
};

describe('a rate', () => {
  test('is taken as it is, while its cap is above it', () => {
    const free: RateFormula = { form: 'rate', base: 'eth', rate: staked.rate, rateDecimals: 18 };
    const loose: RateFormula = { ...staked, cap: { ...staked.cap!, rate: 2n * WAD } };
    for (const formula of [free, loose])
      expect(formulaAnswer(formula, answers({ eth: 205_000_000_000n }), START)).toBe(251_842_500_000n);
  });

  test('is held at its cap, which grows by the second', () => {
    const at = (time: number) => formulaAnswer(staked, answers({ eth: 10n ** 26n }), time)!;
    // 1.1919 × (1 + 9.68 % × 7 ÷ 365), floored at each of the contract's own steps.
    expect(at(START) / 10n ** 8n).toBe(1_194_112_688_876_712_328n);
    const perSecond = staked.cap!.growthPerSecond;
    const grown = at(START + 1) - at(START);
    expect(grown >= perSecond * 100n - 10n ** 8n && grown <= perSecond * 100n + 10n ** 8n).toBe(true);
  });

  test('has no answer before the time of its cap', () => {
    expect(formulaAnswer(staked, answers({ eth: 1n }), START - 8 * 86_400)).toBeUndefined();
    // The contract looks at the answers first.
    expect(formulaAnswer(staked, answers({ eth: 0n }), START - 8 * 86_400)).toBe(0n);
  });

  test('is floored: never above rate × price, and less than one unit below', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 24n });
    fc.assert(
      fc.property(positive, positive, (rate, eth) => {
        const formula: RateFormula = { form: 'rate', base: 'eth', rate, rateDecimals: 18 };
        const missing = rate * eth - formulaAnswer(formula, answers({ eth }), START)! * WAD;
        expect(missing >= 0n && missing < WAD).toBe(true);
      }),
    );
  });

  test('without a base is the answer', () => {
    const alone: RateFormula = { form: 'rate', rate: 7n, rateDecimals: 1 };
    expect(formulaAnswer(alone, answers({}), START)).toBe(7n);
  });
});

describe('a discount', () => {
  const principal: DiscountedFormula = {
    form: 'discounted',
    base: 'usd',
    maturity: BigInt(START) + YEAR / 2n,
    discountPerYear: WAD / 10n,
    secondsPerYear: YEAR,
    one: WAD,
  };
  const usd = answers({ usd: 100_000_000n });

  test('falls in a straight line to nothing at maturity', () => {
    const half = 182 * 86_400 + 43_200;
    expect(formulaAnswer(principal, usd, START)).toBe(95_000_000n);
    expect(formulaAnswer(principal, usd, START + half / 2)).toBe(97_500_000n);
    expect(formulaAnswer(principal, usd, START + half)).toBe(100_000_000n);
    expect(formulaAnswer(principal, usd, START + 10 * half)).toBe(100_000_000n);
  });

  test('of more than everything has no answer, nor has one over no time at all', () => {
    expect(formulaAnswer({ ...principal, discountPerYear: 3n * WAD }, usd, START)).toBeUndefined();
    expect(formulaAnswer({ ...principal, secondsPerYear: 0n }, usd, START)).toBeUndefined();
  });

  test('without a base is what is left of one', () => {
    const { base: _base, ...alone } = principal;
    expect(formulaAnswer(alone, answers({}), START)).toBe((95n * WAD) / 100n);
  });
});

describe('products', () => {
  const cross: FeedFormula = {
    ...{ form: 'product', times: ['steth', 'eth'], over: [], multiplier: 10n ** 8n, divisor: 10n ** 26n },
  };

  test('multiply first and divide once', () => {
    const record = { steth: 998_765_432_109_876_543n, eth: 300_000_000_001n };
    expect(formulaAnswer(cross, answers(record), START)).toBe(299_629_629_633n);
  });

  test('divide by what stands below', () => {
    const inverse: FeedFormula = {
      ...{ form: 'product', times: [], over: ['eth'], multiplier: 9_500n * 10n ** 16n, divisor: 10_000n },
    };
    expect(formulaAnswer(inverse, answers({ eth: 300_000_000_000n }), START)).toBe(31_666n);
  });
});

test('a cap on a price holds it, and lower answers pass', () => {
  const capped: FeedFormula = { form: 'capped', base: 'usdt', greatest: 104_000_000n };
  const at = (usdt: bigint) => formulaAnswer(capped, answers({ usdt }), START);
  expect([at(104_000_000n), at(104_000_001n), at(87_000_000n)]).toEqual([
    104_000_000n,
    104_000_000n,
    87_000_000n,
  ]);
});

test('a cap by another feed moves with that feed', () => {
  const capped: FeedFormula = {
    ...{ form: 'capped-by', base: 'eurc', ceiling: 'eur', ratio: 104_000_000n, ratioDecimals: 8 },
  };
  const at = (eur: bigint) => formulaAnswer(capped, answers({ eurc: 120_000_000n, eur }), START);
  expect([at(117_000_000n), at(110_000_000n)]).toEqual([120_000_000n, 114_400_000n]);
});

const overOneFeed: readonly FeedFormula[] = [
  { form: 'capped', base: 'a', greatest: 5n },
  { ...staked, base: 'a' },
  { form: 'product', times: ['a'], over: [], multiplier: 3n, divisor: 2n },
  { form: 'product', times: [], over: ['a'], multiplier: 3n, divisor: 2n },
  {
    ...{ form: 'discounted', base: 'a', maturity: BigInt(START), discountPerYear: 1n },
    ...{ secondsPerYear: YEAR, one: WAD },
  },
];

test.each(overOneFeed)('$form over a feed without a price answers none', (formula) => {
  expect(formulaAnswer(formula, answers({}), START)).toBeUndefined();
  expect(formulaAnswer(formula, answers({ a: 0n }), START)).toBe(0n);
  expect(formulaAnswer(formula, answers({ a: -5n }), START)).toBe(0n);
});

test('what does not fit into a word of the contract has no answer', () => {
  const huge = 2n ** 254n;
  for (const formula of overOneFeed.slice(1, 3))
    expect(formulaAnswer(formula, answers({ a: huge }), START)).toBeUndefined();
});

test('what is not known has no answer', () => {
  expect(
    formulaAnswer({ form: 'unknown', reason: 'nobody knows' }, answers({ a: 1n }), START),
  ).toBeUndefined();
});

test('answers never fall when a base rises, and stay within the cap', () => {
  const answer = fc.bigInt({ min: 1n, max: 10n ** 14n });
  fc.assert(
    fc.property(answer, answer, fc.nat(Number(YEAR)), (one, other, after) => {
      const [low, high] = one < other ? [one, other] : [other, one];
      const at = (eth: bigint) => formulaAnswer(staked, answers({ eth }), START + after)!;
      expect(at(low) <= at(high)).toBe(true);
      expect(at(high) <= (high * staked.rate) / WAD).toBe(true);
    }),
  );
});
