import fc from 'fast-check';
import { oracleAnswerBelow, oracleRatioE36 } from './oracle-ratio.ts';
import type { OracleRatio } from './oracle-ratio.ts';

const ratio: OracleRatio = { form: 'ratio', base: ['a', 'b'], quote: ['q'], scaleFactor: 10n };
const answers = (record: Record<string, bigint>) => (feed: string) => record[feed];

describe('oracleRatioE36', () => {
  test('multiplies first and divides once', () => {
    expect(oracleRatioE36(ratio, answers({ a: 7n, b: 3n, q: 4n }))).toBe(52n);
  });

  test('an empty side counts as one', () => {
    const own: OracleRatio = { form: 'ratio', base: ['a'], quote: [], scaleFactor: 1n };
    expect(oracleRatioE36(own, answers({ a: 7n }))).toBe(7n);
  });

  test.each([
    ['missing', { a: 7n, b: 3n }],
    ['zero', { a: 7n, b: 3n, q: 0n }],
    ['negative', { a: -7n, b: 3n, q: 4n }],
  ])('an answer that is %s gives no price', (_, record) => {
    expect(oracleRatioE36(ratio, answers(record as Record<string, bigint>))).toBeUndefined();
  });
});

describe('oracleAnswerBelow', () => {
  const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });

  test('is the answer nearest to the line on its far side', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (a, b, q, priceE36) => {
        const known = { a, b, q };
        const priceAt = (feed: 'a' | 'q', answer: bigint) =>
          oracleRatioE36(ratio, answers({ ...known, [feed]: answer })) ?? 0n;
        const below = (feed: string) =>
          oracleAnswerBelow(ratio, feed, { priceE36, answerOf: answers(known) });
        const base = below('a');
        if (base === undefined) expect(priceAt('a', 1n)).toBeGreaterThanOrEqual(priceE36);
        else
          expect([priceAt('a', base) < priceE36, priceAt('a', base + 1n) < priceE36]).toEqual([true, false]);
        const quote = below('q')!;
        expect(priceAt('q', quote) < priceE36).toBe(true);
        expect(quote === 1n || priceAt('q', quote - 1n) >= priceE36).toBe(true);
      }),
    );
  });

  test('says nothing of a feed that is asked twice or not at all', () => {
    const twice: OracleRatio = { ...ratio, base: ['a', 'a'] };
    const by = { priceE36: 5n, answerOf: answers({ a: 7n, q: 4n }) };
    expect(oracleAnswerBelow(twice, 'a', by)).toBeUndefined();
    expect(oracleAnswerBelow(twice, 'z', by)).toBeUndefined();
  });
});
