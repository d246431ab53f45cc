import fc from 'fast-check';
import { formulaAnswer } from './formula-answer.ts';
import { formulaFactors, type FormulaFactors, type KnownFormulas } from './formula-factors.ts';
import { formulaBases, type FeedFormula } from './formula.ts';

const START = 1_700_000_000;
const YEAR = 31_536_000n;
const WAD = 10n ** 18n;

interface Feeds {
  readonly formulas: ReadonlyMap<string, FeedFormula>;
  readonly decimals: ReadonlyMap<string, number>;
  readonly answers: ReadonlyMap<string, bigint>;
}

const known = ({ formulas, decimals }: Feeds, time = START): KnownFormulas => ({
  formulaOf: (feed) => formulas.get(feed),
  decimalsOf: (feed) => decimals.get(feed) ?? 8,
  time,
});

/** The contract's own answer, through all feeds between. */
function exact({ formulas, answers }: Feeds, feed: string, time: number): bigint | undefined {
  const formula = formulas.get(feed);
  if (formula === undefined) return answers.get(feed);
  return formulaAnswer(
    formula,
    (base) => exact({ formulas, answers, decimals: new Map() }, base, time),
    time,
  );
}

function priceOf({ multiplier, terms, greatest }: FormulaFactors, { answers, decimals }: Feeds): number {
  const product = terms.reduce((price, { feed, power, greatest: most }) => {
    const answer = Number(answers.get(feed)) / 10 ** (decimals.get(feed) ?? 8);
    return price * Math.min(answer, most) ** power;
  }, multiplier);
  return Math.min(greatest, product);
}

const answer = fc.bigInt({ min: 10n ** 6n, max: 10n ** 13n });
const time = fc.integer({ min: START, max: START + 3 * Number(YEAR) });
const rate = fc.bigInt({ min: WAD / 2n, max: 5n * WAD });

/** A formula over the base feeds `a` and `b`, with the decimals of its answers. */
const overBases: fc.Arbitrary<readonly [FeedFormula, number]> = fc.oneof(
  answer.map((said): [FeedFormula, number] => [{ form: 'constant', answer: said }, 8]),
  answer.map((greatest): [FeedFormula, number] => [{ form: 'capped', base: 'a', greatest }, 8]),
  fc
    .record({ rate, cap: fc.option(rate), growthPerSecond: fc.bigInt({ min: 0n, max: 10n ** 17n }) })
    .map(({ rate: now, cap, growthPerSecond }): [FeedFormula, number] => [
      {
        ...{ form: 'rate', base: 'a', rate: now, rateDecimals: 18 },
        ...(cap && { cap: { rate: cap, since: BigInt(START), growthPerSecond, growthScale: 1_000_000n } }),
      },
      8,
    ]),
  fc.constant<[FeedFormula, number]>([
    { form: 'product', times: ['a', 'b'], over: [], multiplier: 10n ** 8n, divisor: 10n ** 16n },
    8,
  ]),
  fc.constant<[FeedFormula, number]>([
    { form: 'product', times: ['b'], over: ['a'], multiplier: 10n ** 18n, divisor: 1n },
    18,
  ]),
  fc.bigInt({ min: 1n, max: WAD / 5n }).map((discountPerYear): [FeedFormula, number] => [
    {
      ...{ form: 'discounted', base: 'a', maturity: BigInt(START) + YEAR },
      ...{ discountPerYear, secondsPerYear: YEAR, one: WAD },
    },
    8,
  ]),
);

test('factors are the exact answer but for its rounding, at any answers and times', () => {
  fc.assert(
    fc.property(overBases, answer, answer, time, ([formula, decimals], a, b, at) => {
      const feeds: Feeds = {
        formulas: new Map([['x', formula]]),
        decimals: new Map([['x', decimals]]),
        answers: new Map([
          ['a', a],
          ['b', b],
        ]),
      };
      const contract = Number(exact(feeds, 'x', at)) / 10 ** decimals;
      const float = priceOf(formulaFactors('x', known(feeds, at))!, feeds);
      // The contract floors once.
      expect(float).toBeGreaterThanOrEqual(contract * (1 - 1e-12));
      expect(float).toBeLessThanOrEqual((contract + 10 ** -decimals) * (1 + 1e-12));
    }),
    { numRuns: 5_000 },
  );
});

/** A cap over a principal over a rate over a cap: four steps above one base feed. */
const chain = (over: readonly [bigint, bigint, bigint]): Feeds => ({
  formulas: new Map<string, FeedFormula>([
    ['inner', { form: 'capped', base: 'a', greatest: over[0] }],
    ['staked', { form: 'rate', base: 'inner', rate: over[1], rateDecimals: 18 }],
    [
      'principal',
      {
        ...{ form: 'discounted', base: 'staked', maturity: BigInt(START) + YEAR },
        ...{ discountPerYear: WAD / 20n, secondsPerYear: YEAR, one: WAD },
      },
    ],
    ['outer', { form: 'capped', base: 'principal', greatest: over[2] }],
    ['times', { form: 'product', times: ['outer', 'b'], over: [], multiplier: 1n, divisor: 10n ** 8n }],
    ['over', { form: 'product', times: ['b'], over: ['outer'], multiplier: 10n ** 8n, divisor: 1n }],
  ]),
  decimals: new Map(),
  answers: new Map(),
});

test('feeds over feeds are walked down to the base feeds, their caps with them', () => {
  const price = fc.bigInt({ min: 10n ** 7n, max: 10n ** 11n });
  fc.assert(
    fc.property(
      fc.tuple(price, rate, price),
      price,
      price,
      fc.constantFrom('outer', 'times', 'over'),
      (over, a, b, feed) => {
        const feeds: Feeds = {
          ...chain(over),
          answers: new Map([
            ['a', a],
            ['b', b],
          ]),
        };
        const factors = formulaFactors(feed, known(feeds))!;
        expect(factors.terms.map((term) => term.feed).sort()).toEqual(feed === 'outer' ? ['a'] : ['a', 'b']);
        const contract = Number(exact(feeds, feed, START)) / 1e8;
        const float = priceOf(factors, feeds);
        // Floored at each of the steps below the last by less than a unit of a price above ten million of them.
        expect(Math.abs(float - contract)).toBeLessThanOrEqual(contract * 1e-6 + 1e-8);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a constant, a bare rate and a bare discount need no feed', () => {
  const formulas = new Map<string, FeedFormula>([
    ['one', { form: 'constant', answer: 100_000_000n }],
    ['rate', { form: 'rate', rate: 12n * 10n ** 17n, rateDecimals: 18 }],
    [
      'left',
      {
        ...{ form: 'discounted', maturity: BigInt(START) + YEAR, discountPerYear: WAD / 10n },
        ...{ secondsPerYear: YEAR, one: WAD },
      },
    ],
    ['capped', { form: 'capped', base: 'one', greatest: 90_000_000n }],
  ]);
  const feeds = {
    formulas,
    answers: new Map<string, bigint>(),
    decimals: new Map([
      ['rate', 18],
      ['left', 18],
    ]),
  };
  const of = (feed: string) => formulaFactors(feed, known(feeds))!;
  expect([of('one'), of('rate'), of('left')]).toEqual(
    [1, 1.2, 0.9].map((value) => ({ multiplier: expect.closeTo(value, 12), terms: [], greatest: Infinity })),
  );
  expect(of('capped').greatest).toBeCloseTo(0.9, 12);
});

test('a base feed is one term', () => {
  const feeds: Feeds = { formulas: new Map(), decimals: new Map(), answers: new Map() };
  expect(formulaFactors('a', known(feeds))).toEqual({
    multiplier: 1,
    terms: [{ feed: 'a', power: 1, greatest: Infinity }],
    greatest: Infinity,
  });
});

describe('there are none', () => {
  const factorsOf = (formulas: Readonly<Record<string, FeedFormula>>, feed = 'x') =>
    formulaFactors(
      feed,
      known({ formulas: new Map(Object.entries(formulas)), decimals: new Map(), answers: new Map() }),
    );
  const capped = (base: string): FeedFormula => ({ form: 'capped', base, greatest: 1n });
  const product = (...times: string[]): FeedFormula => ({
    ...{ form: 'product', times, over: [], multiplier: 1n, divisor: 1n },
  });

  test('of what is not known, directly or below', () => {
    const unknown: FeedFormula = { form: 'unknown', reason: 'nobody knows' };
    expect(factorsOf({ x: unknown })).toBeUndefined();
    expect(factorsOf({ x: capped('y'), y: unknown })).toBeUndefined();
  });

  test('of circles, and of chains that are too long', () => {
    expect(factorsOf({ x: capped('x') })).toBeUndefined();
    expect(factorsOf({ x: capped('y'), y: capped('x') })).toBeUndefined();
    const chainOf = (steps: number) =>
      Object.fromEntries(Array.from({ length: steps }, (_none, i) => [`${i}`, capped(`${i + 1}`)]));
    expect(factorsOf(chainOf(8), '0')).toBeDefined();
    expect(factorsOf(chainOf(9), '0')).toBeUndefined();
  });

  test('of a cap that moves, and of a capped product that is multiplied', () => {
    expect(
      factorsOf({ x: { form: 'capped-by', base: 'a', ceiling: 'b', ratio: 1n, ratioDecimals: 0 } }),
    ).toBeUndefined();
    const inner = { y: capped('z'), z: product('a', 'b') };
    expect(factorsOf({ x: product('y'), ...inner })).toBeDefined();
    expect(factorsOf({ x: product('y', 'c'), ...inner })).toBeUndefined();
  });

  test('of what never answers more than zero', () => {
    expect(factorsOf({ x: { form: 'constant', answer: 0n } })).toBeUndefined();
    expect(factorsOf({ x: { form: 'capped', base: 'a', greatest: 0n } })).toBeUndefined();
    expect(factorsOf({ x: { form: 'rate', rate: -1n, rateDecimals: 0 } })).toBeUndefined();
    expect(
      factorsOf({ x: { form: 'product', times: ['a'], over: [], multiplier: 1n, divisor: 0n } }),
    ).toBeUndefined();
  });
});

test('a formula names each feed that it asks once', () => {
  expect(formulaBases({ form: 'constant', answer: 1n })).toEqual([]);
  expect(formulaBases({ form: 'rate', base: 'a', rate: 1n, rateDecimals: 0 })).toEqual(['a']);
  expect(
    formulaBases({ form: 'product', times: ['b', 'a'], over: ['a'], multiplier: 1n, divisor: 1n }),
  ).toEqual(['b', 'a']);
});
