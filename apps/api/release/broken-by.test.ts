import { readFileSync } from 'node:fs';
import { brokenBy } from './broken-by.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the schema breaks nobody who uses the released one', () => {
  const broken = brokenBy(read('./schema.released.graphql'), read('../src/schema.graphql'));
  if (broken.length === 0) return;
  throw new Error(
    `Clients of the released schema would break:\n${broken.map((one) => `- ${one}\n`).join('')}` +
      'Keep what they use (a new field beside the old one, @deprecated on the old one), or release deliberately: ' +
      'npx node apps/api/release/release-schema.ts, and say what breaks in the commit.',
  );
});

describe('brokenBy', () => {
  const before = 'type Query { a: Int b(of: Kind): Int! } enum Kind { one two }';

  test.each([
    ['type Query { b(of: Kind): Int! } enum Kind { one two }', 'Query.a was removed.'],
    [
      'type Query { a: String b(of: Kind): Int! } enum Kind { one two }',
      'Query.a changed type from Int to String.',
    ],
    [
      'type Query { a: Int b(of: Kind): Int } enum Kind { one two }',
      'Query.b changed type from Int! to Int.',
    ],
    ['type Query { a: Int b(of: Kind): Int! } enum Kind { one }', 'two was removed from enum type Kind.'],
    [
      'type Query { a: Int b(of: Kind, more: Int!): Int! } enum Kind { one two }',
      'A required arg more on Query.b was added.',
    ],
  ])('says what %s breaks', (after, sentence) => {
    expect(brokenBy(before, after)).toEqual([sentence]);
  });

  test('lets a schema grow', () => {
    expect(
      brokenBy(
        before,
        'type Query { a: Int b(of: Kind, more: Int): Int! c: Int } enum Kind { one two three }',
      ),
    ).toEqual([]);
  });
});
