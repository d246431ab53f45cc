import fc from 'fast-check';
import { jsonPieces, jsonText } from './json-text.ts';

const deep = { a: [{ b: { c: [{ d: [1, { e: 'x' }], f: [] }] } }], g: {}, h: 'two\nlines' };

test('is the JSON that JSON.stringify writes, however deep', () => {
  expect(jsonText(deep)).toBe(`${JSON.stringify(deep, undefined, 2)}\n`);
  const value = fc.jsonValue({ maxDepth: 7 });
  fc.assert(
    fc.property(value, (any) => {
      expect(JSON.parse(jsonText(any))).toEqual(JSON.parse(JSON.stringify(any)));
    }),
  );
});

test('comes in pieces that need not fit into one string', () => {
  const pieces = [...jsonPieces({ rounds: Array.from({ length: 50 }, (_, index) => ({ index })) })];
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(30);
});

test('says null where there is nothing or no number, and keeps every digit of an integer', () => {
  const value = { a: undefined, b: Infinity, c: 2n ** 200n, list: [undefined, 1n] };
  expect(JSON.parse(jsonText(value))).toEqual({ a: null, b: null, c: String(2n ** 200n), list: [null, '1'] });
});

test('holds nothing that a terminal would obey, and reads back as it was', () => {
  const value = { symbol: 'W\u001b[31m\u009b2J\u202eETH\u2028', clean: '日本 ünï' };
  const text = jsonText(value);
  expect(text).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
  expect(text).toContain('日本 ünï');
  expect(JSON.parse(text)).toEqual(value);
});
