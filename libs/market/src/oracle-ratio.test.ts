import { oracleRatioE36 } from './oracle-ratio.ts';
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
