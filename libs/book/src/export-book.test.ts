import { aggregateDepth, depthCurve } from '@undertow/liquidity';
import { BadDataError } from '@undertow/units';
import { applyFacts } from './apply-facts.ts';
import { exportBook, hashBook } from './export-book.ts';
import { allSaid, keyed, reference } from './fixtures/hand-made-facts.ts';
import { importBook } from './import-book.ts';
import { emptyLedger } from './ledger.ts';
import { toBook } from './to-book.ts';

const ledger = emptyLedger(reference);
applyFacts(ledger, keyed(allSaid));
const book = toBook(ledger, { depth: { depthCurve, aggregateDepth } });
const text = exportBook(book);

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
function put(content: object, path: string, value: number): void {
  const names = path.split('.');
  const last = names.pop()!;
  const holder = names.reduce((at, name) => (at as Record<string, object>)[name]!, content);
  Object.assign(holder, { [last]: value });
}

describe('exportBook and importBook', () => {
  test('give back an equal book and the same text', () => {
    const back = importBook(text);
    expect(back).toEqual(book);
    expect(exportBook(back)).toBe(text);
    expect(hashBook(back)).toBe(book.hash);
    expect(book.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('notice a change of content', () => {
    const tampered = changed((content) => Object.assign(content, { time: 5 }));
    expect(() => importBook(tampered)).toThrow(/changed after its export/);
  });

  test.each<[string, string | (() => string), RegExp]>([
    ['no JSON', '{', /not JSON/],
    ['another format', '{"format":"x","version":1}', /not a book: its format is "x"/],
    ['another version', () => text.replace('"version":1', '"version":2'), /version 2.*export it again/],
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
      'an integer that is none',
      () => changed((content) => Object.assign(content['exact']!, { amount: ['1.5'] })),
      /exact\.amount\[0\] must be an integer as a decimal string/,
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
