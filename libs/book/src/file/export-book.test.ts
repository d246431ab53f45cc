import { BadDataError } from '@undertow/units';
import { applyFacts } from '../apply-facts.ts';
import type { Book, BookInstrument } from '../book.ts';
import { modelledDebtUsd } from '../debt-by-venue.ts';
import { allSaid, keyed, reference } from '../fixtures/hand-made-facts.ts';
import { emptyLedger } from '../ledger.ts';
import { constantFormula } from '../oracle-formula.ts';
import type { AssetRow, OracleRow, VenueRow } from '../rows.ts';
import { toBook } from '../to-book.ts';
import { exportBook, hashBook, type BookContent } from './canonical.ts';
import { importBook } from './import-book.ts';

const ledger = emptyLedger(reference);
applyFacts(ledger, keyed(allSaid));
const book = toBook(ledger, {});
const text = exportBook(book);

/** The same book with a fund, an option series, a tied asset, adapters, a pair's source, bounds, caps and a constant oracle. */
const series: BookInstrument = {
  ...{ venue: 0 as VenueRow, id: 'put', label: 'a put', underlying: 0 as OracleRow, isCall: false },
  ...{ strikeUsd: 3_000, expiry: 1_800_000_000 },
  spotUsd: Float64Array.of(2_000, 3_000),
  volatilityFactor: Float64Array.of(1, 1.5),
  valueUsd: Float64Array.of(1_000, 100, 1_010, 150),
  closingUsd: Float64Array.of(1_001, 101, 1_011, 151),
  marginUsd: Float64Array.of(1_300, 400, 1_310, 450),
  leastMargin: { amount: 300, mostPerContract: undefined, inUnderlying: false },
  penalty: { share: 0.1, leastUsd: 10, liquidatorShare: 0.5, exchangeFee: 0.01 },
};
const [first, second] = book.assets;
const content: Book = {
  ...book,
  assets: book.assets.map((asset, row) =>
    row === 1
      ? {
          ...asset,
          reference: first!.reference,
          tie: {
            kind: 'redeemable',
            to: 0 as AssetRow,
            ratio: second!.oraclePriceUsd / first!.oraclePriceUsd,
            capacity: 5,
          },
        }
      : asset,
  ),
  depth: book.depth.map(() => undefined),
  feeds: book.feeds.map((feed, row) =>
    row === 0 ? { ...feed, greatest: feed.answer * 2, policy: { kind: 'delay', seconds: 3_600 } } : feed,
  ),
  markets: book.markets.map((market) => ({ ...market, supplyCap: 1_000 })),
  oracles: book.oracles.map((oracle, row) =>
    row === 0 ? { ...oracle, formula: constantFormula(oracle.priceUsd) } : oracle,
  ),
  funds: [
    {
      ...{ venue: 1 as VenueRow, kind: 'insurance-fund', amount: -12.5 },
      ...{ asset: 1 as AssetRow, oracle: 1 as OracleRow },
    },
  ],
  instruments: [series],
  legs: {
    ...book.legs,
    maintenanceMargin: book.legs.maintenanceMargin.with(0, 0.0625),
    instrument: book.legs.instrument.with(0, 0),
  },
  exact: {
    ...book.exact,
    adapters: new Map([
      [
        'capped',
        {
          ...{ form: 'rate', base: book.feeds[0]!.id, rate: 12n, rateDecimals: 1 },
          cap: { rate: 11n, since: 5n, growthPerSecond: 2n, growthScale: 10n },
        },
      ],
      ['capped fixed', { form: 'capped', base: 'capped', greatest: 104_000_000n }],
      [
        'maturing',
        { form: 'discounted', ...{ maturity: 9n, discountPerYear: 1n, secondsPerYear: 3n, one: 10n } },
      ],
      ['odd', { form: 'unknown', reason: 'no source' }],
      ['product', { form: 'product', times: ['capped'], over: ['odd'], multiplier: 2n, divisor: 3n }],
      ['held', { form: 'capped-by', base: 'odd', ceiling: 'capped', ratio: 3n, ratioDecimals: 2 }],
      ['still', { form: 'constant', answer: 7n }],
    ]),
    source: book.exact.source.map((source, row) =>
      row === 1
        ? {
            form: 'pair',
            ratio: { form: 'ratio', base: ['capped'], quote: [], scaleFactor: 10n ** 36n },
            debt: 0 as OracleRow,
          }
        : source,
    ),
  },
};
const debtUsd = modelledDebtUsd(content);
const whole: BookContent = {
  ...content,
  coverage: { ...content.coverage, modelledDebtUsd: debtUsd, knownDebtUsd: debtUsd, share: 1, gaps: [] },
};
const rich: Book = { ...whole, hash: hashBook(whole) };

/** The rich book's exported text with one field changed. */
function changedRich(path: string, value: unknown): string {
  const file = JSON.parse(exportBook(rich)) as { content: object };
  put(file.content, path, value);
  return JSON.stringify(file);
}

/** The exported text with one field changed, its hash made to fit again where asked. */
function changed(change: (content: Record<string, object[]>) => void): string {
  const file = JSON.parse(text) as { content: Record<string, object[]> };
  change(file.content);
  return JSON.stringify(file);
}

/** Values that no protocol has. */
const impossible: [string, number, RegExp][] = [
  ['block', -1, /block must not be below 0/],
  ['time', -1, /time must not be below 0/],
  ['coverage.share', 1.1, /coverage\.share must be from 0 to 1/],
  ['coverage.share', -0.1, /coverage\.share must be/],
  ['legs.liquidationThreshold.0', 1.01, /liquidationThreshold\[0\] must be from 0 to 1/],
  ['legs.liquidationThreshold.0', -0.5, /liquidationThreshold\[0\] must be/],
  ['legs.liquidationBonus.0', -0.01, /liquidationBonus\[0\] must not be below 0/],
  ['legs.liquidationProtocolFee.0', 2, /liquidationProtocolFee\[0\] must be from 0 to 1/],
];

/** Sets a field by its path, such as `legs.amount.0`. */
function put(content: object, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop()!;
  const holder = names.reduce((at, name) => (at as Record<string, object>)[name]!, content);
  Object.assign(holder, { [last]: value });
}

/** The exported text with one field changed and the hash of what it is then, as one who wants to be believed writes it. */
function rehashed(path: string, value: unknown): string {
  const names = path.split('.');
  const file = JSON.parse(text) as { hash: string; content: object };
  const copy = structuredClone(book) as unknown as Record<string, object>;
  const last = names.pop()!;
  const holder = names.reduce((at, name) => (at as Record<string, object>)[name]!, copy as object);
  Object.assign(holder, { [last]: value });
  put(file.content, path, typeof value === 'bigint' ? String(value) : value);
  file.hash = hashBook(copy as unknown as Book);
  return JSON.stringify(file);
}

describe('exportBook and importBook', () => {
  test.each<[string, unknown, RegExp]>([
    ['exact.amount.0', 7n, /exact\.amount\[0\] must be legs\.amount\[0\] in raw units/],
    ['exact.amount.0', -7n, /exact\.amount\[0\] must not be below 0/],
    ['exact.answer.0', 6_000_000_000_100n, /exact\.answer\[0\] must have the digits of oracles\[0\]/],
    ['exact.answer.0', -1n, /exact\.answer\[0\] must be above 0/],
    ['exact.threshold.0', 8_000n, /exact\.threshold\[0\] must have the digits/],
    ['coverage.modelledDebtUsd', 1, /modelledDebtUsd must be the debt of the legs/],
    ['coverage.share', 0.5, /share must be what is modelled of what is known/],
    ['coverage.knownDebtUsd', 1, /knownDebtUsd must hold what is modelled/],
    ['coverage.accounts', 1, /coverage\.accounts must be the number of accounts/],
    ['coverage.gaps.0.count', -5, /gaps\[0\]\.count must not be below 0/],
    ['oracles.0.priceUsd', 1e308, /oracles\[0\]\.priceUsd must be above 0 and at most/],
    ['assets.0.oraclePriceUsd', 1e308, /assets\[0\]\.oraclePriceUsd must be above 0 and at most/],
    ['assets.0.symbol', 'W\u202eETH', /assets\[0\]\.symbol must be readable text/],
    ['legs.liquidationBonus.0', 1e300, /liquidationBonus\[0\] must be at most/],
  ])('refuse %s %p though the hash fits', (path, value, message) => {
    expect(() => importBook(rehashed(path, value))).toThrow(message);
    expect(() => importBook(rehashed(path, value))).toThrow(BadDataError);
  });

  test('give back an equal book and the same text', () => {
    const back = importBook(text);
    expect(back).toEqual(book);
    expect(exportBook(back)).toBe(text);
    expect(hashBook(back)).toBe(book.hash);
    expect(book.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('give back funds, option series, ties, adapters, bounds and constant oracles, each in the hash', () => {
    const back = importBook(exportBook(rich));
    expect(back).toEqual(rich);
    expect(exportBook(back)).toBe(exportBook(rich));
    expect(rich.hash).not.toBe(book.hash);
    for (const path of [
      ...[
        'funds.0.amount',
        'instruments.0.valueUsd.0',
        'instruments.0.penalty.share',
        'feeds.0.greatest',
        'markets.0.supplyCap',
      ],
      ...[
        'legs.maintenanceMargin.0',
        'instruments.0.leastMargin.mostPerContract',
        'instruments.0.closingUsd.3',
      ],
    ]) {
      expect(() => importBook(changedRich(path, path === 'feeds.0.greatest' ? 1e9 : 0.75))).toThrow(
        /changed after its export/,
      );
    }
  });

  test.each<[string, unknown, RegExp]>([
    [
      'funds.0.kind',
      'piggy-bank',
      /book\.content\.funds\[0\]\.kind must be one of stability-pool, .* but is "piggy-bank"/,
    ],
    ['funds.0.amount', null, /amount must be a number/],
    ['funds.0.asset', 99, /funds\.asset\[0\] names row 99/],
    ['funds.0.venue', -1, /funds\[0\]\.venue must be at least 0, but is -1/],
    ['instruments.0.underlying', 99, /instruments\.underlying\[0\] names row 99/],
    ['instruments.0.valueUsd', [1], /instruments\[0\] must have a value/],
    ['instruments.0.spotUsd', [2_000, 2_000], /instruments\[0\] must ascend/],
    ['instruments.0.isCall', 1, /isCall must be true or false/],
    ['legs.instrument.0', 5, /legs\.instrument\[0\] must name an instrument/],
    ['legs.maintenanceMargin.0', -0.1, /maintenanceMargin\[0\] must not be below 0/],
    ['assets.1.tie.to', 99, /assets\.tie\.to\[1\] names row 99/],
    ['assets.1.tie.to', 1, /assets\[1\] must not be tied to itself/],
    ['assets.1.tie.ratio', 0, /assets\[1\]\.tie\.ratio must be its price/],
    [
      'assets.1.tie.kind',
      'glued',
      /tie\.kind must be one of none, wrapped, redeemable, pegged, but is "glued"/,
    ],
    ['assets.1.colour', 'red', /assets\[1\] must not have the field colour, which no book has/],
    ['feeds.0.policy', { kind: 'whim' }, /feeds\[0\]\.policy\.kind must be one of at-once, fixed, .*"whim"/],
    [
      'oracles.0.formula.terms',
      [{ feed: 0, power: 2, greatest: null }],
      /power must be one of 1, -1, but is 2/,
    ],
    ['exact.adapters.0.formula.rate', 12, /adapters\[0\]\.formula\.rate must be a string, but is 12/],
    ['exact.adapters.0.formula.rate', '1.2', /rate must be an integer as a decimal string, but is "1.2"/],
    [
      'venues.0.rule.kernel',
      'barter',
      /venues\[0\]\.rule\.kernel must be one of repay-and-seize, .*"barter"/,
    ],
    [
      'depth.0',
      {
        ...{ asset: 0, quote: 1, sqrtPrice: [1, 2], liquidity: [1], startSqrtPrice: 1, feeRatio: 0 },
        ...{ sources: [], isRequoted: false },
      },
      /assets\[0\] must not be quoted in, or tied to, what follows its own price/,
    ],
  ])('refuse %s %j', (path, value, message) => {
    expect(() => importBook(changedRich(path, value))).toThrow(message);
  });

  test('notice a change of content', () => {
    const tampered = changed((content) => Object.assign(content, { time: 5 }));
    expect(() => importBook(tampered)).toThrow(/changed after its export/);
  });

  test.each<[string, string | (() => string), RegExp]>([
    ['no JSON', '{', /not JSON/],
    ['another format', '{"format":"x","version":1}', /not a book: its format is "x"/],
    ['another version', () => text.replace(/"version":\d+/, '"version":1'), /version 1.*reads version/],
    [
      'a field that is missing',
      () => changed((content) => delete content['assets']),
      /book\.content\.assets is missing/,
    ],
    [
      'a list that is none',
      () => changed((content) => Object.assign(content, { oracles: 5 })),
      /oracles must be a list, but is 5/,
    ],
    [
      'a number that is none',
      () => changed((content) => Object.assign(content['legs']!, { amount: ['1'] })),
      /legs\.amount\[0\] must be a number, but is "1"/,
    ],
    [
      'a number that no float holds',
      () => text.replace(/("amount":\[)[^,]*,/, '$11e999,'),
      /legs\.amount\[0\] must be a number, but is beyond the greatest float/,
    ],
    ['a number that JSON has not', () => text.replace(/("amount":\[)[^,]*,/, '$1NaN,'), /not JSON/],
    [
      'an integer that is none',
      () => changed((content) => Object.assign(content['exact']!, { amount: ['1.5'] })),
      /exact\.amount\[0\] must be an integer of at most 155 digits as a decimal string, but is "1.5"/,
    ],
    [
      'a column too short',
      () => changed((content) => Object.assign(content['legs']!, { side: [1] })),
      /legs\.side has 1 entries, but there must be/,
    ],
    [
      'a row out of range',
      () => changed((content) => Object.assign(content['markets']![0]!, { venue: 7 })),
      /markets\[0\] names row 7 of 2/,
    ],
    ...impossible.map(([field, value, message]): [string, () => string, RegExp] => [
      `${field} ${value}`,
      () => changed((content) => put(content, field, value)),
      message,
    ]),
    [
      'a curve that leads nowhere',
      () =>
        changed((content) => {
          const depth = content['depth'] as unknown as ({ quote: number; asset: number } | null)[];
          const curve = depth.find((one) => one !== null)!;
          curve.quote = curve.asset;
        }),
      /lead through its quotes/,
    ],
  ])('refuse %s and say where', (_, input, message) => {
    const bad = typeof input === 'string' ? input : input();
    expect(() => importBook(bad)).toThrow(message);
    expect(() => importBook(bad)).toThrow(BadDataError);
  });
});
