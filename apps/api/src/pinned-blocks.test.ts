import { parse } from 'graphql';
import { writeCursor } from './connection/cursor.ts';
import { pinnedBlocks } from './pinned-blocks.ts';

const pinned = (query: string, variables: Record<string, unknown> = {}) =>
  pinnedBlocks(parse(query), { variables });
const cursor = writeCursor({ of: 'accounts', where: {} }, { block: 9, hash: '', place: [1] });

test('a query is pinned at the blocks that its root fields name', () => {
  expect(pinned('{ venues(block: 7) { bookHash } markets(block: 7) { bookHash } __typename }')).toEqual([7]);
  expect(pinned('query Q($b: Int) { venues(block: $b) { bookHash } }', { b: 8 })).toEqual([8]);
  expect(pinned('query Q($b: Int = 3) { venues(block: $b) { bookHash } }')).toEqual([3]);
  for (const name of ['after', 'before'])
    expect(pinned(`{ accounts(${name}: "${cursor}") { totalCount } }`)).toEqual([9]);
  expect(
    pinned(
      '{ ...f ... on Query { a: venues(block: 1) { bookHash } } } fragment f on Query { b: venues(block: 2) { bookHash } }',
    ),
  ).toEqual([2, 1]);
});

test('one field that names no block leaves the query unpinned', () => {
  for (const query of [
    '{ venues(block: 7) { bookHash } status { network } }',
    '{ venues(block: null) { bookHash } }',
    'query Q($b: Int) { venues(block: $b) { bookHash } }',
    '{ ...f } fragment f on Query { venues { bookHash } }',
    '{ accounts(after: "nonsense") { totalCount } }',
    '{ clearing(block: 7) { bookHash } }',
    '{ __typename }',
    'subscription { heads { block } }',
    '{ ...f } fragment f on Query { ...f }',
  ])
    expect([query, pinned(query)]).toEqual([query, undefined]);
});
