import { BadDataError } from '@undertow/units';
import fc from 'fast-check';
import { JsonNumbers, JsonReader } from './json-reader.ts';

/** Reads a text in pieces of some bytes, some bytes of each list at once. */
function read(text: string, pieceBytes: number, atOnce: number): unknown {
  const reader = new JsonReader(atOnce);
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return reader.end();
}

/** Long lists of numbers as plain ones. */
function plain(value: unknown): unknown {
  if (value instanceof JsonNumbers) return [...value.values];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

const sizes = fc.integer({ min: 1, max: 20 });
/** Written with blanks and without. */
const written = fc
  .tuple(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 2))
  .map(([json, indent]) => JSON.stringify(JSON.parse(json), undefined, indent));

/** What `JSON.parse` makes of a text, or that it makes nothing of it. */
function parsed(text: string): { readonly value?: unknown } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return {};
  }
}

function readOrRefused(text: string, pieceBytes: number, atOnce: number): { readonly value?: unknown } {
  try {
    return { value: plain(read(text, pieceBytes, atOnce)) };
  } catch (error) {
    expect(error).toBeInstanceOf(BadDataError);
    expect((error as Error).message).toMatch(/^the book is not JSON: up to byte \d+, /);
    return {};
  }
}

test('reads what JSON.parse reads, however it comes and is cut', () => {
  fc.assert(
    fc.property(written, sizes, sizes, (text, pieceBytes, atOnce) => {
      expect(plain(read(text, pieceBytes, atOnce))).toEqual(JSON.parse(text));
    }),
    { numRuns: 150, seed: 12 },
  );
});

test('refuses what JSON.parse refuses, and nothing else: texts of which a byte was changed', () => {
  let refused = 0;
  const signs = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', '0', ' ', 'e', '-');
  fc.assert(
    fc.property(written, fc.nat(), signs, sizes, (text, at, sign, size) => {
      const place = at % (text.length + 1);
      // As bytes say it: half a character is none.
      const bytes = new TextEncoder().encode(text.slice(0, place) + sign + text.slice(place + 1));
      const changed = new TextDecoder().decode(bytes);
      const expected = parsed(changed);
      expect(readOrRefused(changed, size, size)).toEqual(expected);
      refused += Number(!('value' in expected));
    }),
    { numRuns: 200, seed: 12 },
  );
  expect(refused).toBeGreaterThan(50);
});

test('long lists of numbers are floats', () => {
  const list = Array.from({ length: 50 }, (_, i) => i / 7);
  const { amount, names } = read(JSON.stringify({ amount: list, names: ['a', ...list] }), 7, 10) as {
    readonly amount: JsonNumbers;
    readonly names: readonly unknown[];
  };
  expect(amount.values).toEqual(Float64Array.from(list));
  expect(names).toEqual(['a', ...list]);
});

test.each([
  ['a text without end', '"', 'x', /more than 32 MB without an end of an item before byte/],
  ['an item without end', '[["', 'x', /more than 32 MB without an end of an item before byte/],
  ['objects in objects without end', '', '{"a":', /nested deeper than 64 levels/],
  ['lists in lists without end', '', '[', /nested deeper than 64 levels/],
])('stops at %s before memory is full', (_, first, again, message) => {
  const reader = new JsonReader();
  reader.push(new TextEncoder().encode(first));
  const piece = new TextEncoder().encode(again.repeat(1_024 * 1_024));
  expect(() => {
    // A terabyte, were it read.
    for (let i = 0; i < 1_000_000; i++) reader.push(piece);
  }).toThrow(message);
});
