import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse } from 'graphql';
import { queryExcess } from '../../../apps/api/src/query-limits.ts';
import { answerTypes } from './answer-types.ts';
import { documents } from './documents.ts';

const schema = buildSchema(
  readFileSync(new URL('../../../apps/api/src/schema.graphql', import.meta.url), 'utf8'),
);
const bare = (source: string) => source.replace(/\s+|[()|;]/g, '');

test('every question of the page fits the schema, and its types are those in answers.ts', async () => {
  const generated = (await documents()).map(({ text }) => answerTypes(schema, text)).join('');
  const written = readFileSync(new URL('../src/graph/answers.ts', import.meta.url), 'utf8').replace(
    /^\/\/.*$/m,
    '',
  );
  // Without what formatting may add: spaces, and brackets around unions.
  expect(bare(written)).toBe(bare(generated));
});

test('no question of the page is more than the API answers at once', async () => {
  const tooLarge = (await documents()).flatMap(({ name, text }) =>
    queryExcess(parse(text)).map(({ message }) => `${name}: ${message}`),
  );
  expect(tooLarge).toEqual([]);
});

/** What is for other clients, and series for those who work with data: the command line prints them, the page shows none. */
const NOT_ON_THE_PAGE = [
  'feedHistory',
  'poolHistory',
  'exchangeHistory',
  'exchangeMarkets',
  'indexHistory',
  'legHistory',
  'positionHistory',
  'liquidationHistory',
  // Its page is at /r/<id>.
  'report',
  'compareReports',
  // The page asks for flags with every block.
  'oracleFlagChanges',
];

test('every query and subscription of the schema is asked by the page, but for series of data', async () => {
  const asked = new Set(
    (await documents()).flatMap(({ text }) =>
      parse(text).definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION
          ? definition.selectionSet.selections.map((field) => field.kind === Kind.FIELD && field.name.value)
          : [],
      ),
    ),
  );
  const fields = [schema.getQueryType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  expect(fields.filter((field) => !asked.has(field))).toEqual(NOT_ON_THE_PAGE);
});

describe('answerTypes', () => {
  const small = buildSchema(
    'type Query { a: Item, list: [Item!]! } type Item { name: String, numbers: [Int!]!, big: BigInt! } scalar BigInt',
  );

  test('nullable fields, lists and scalars', () => {
    expect(bare(answerTypes(small, 'query Q { list { name numbers big } }'))).toBe(
      bare(
        'export type QAnswer = { readonly list: readonly { readonly name: string | null; readonly numbers: readonly number[]; readonly big: string; }[]; };',
      ),
    );
  });

  test('what is asked of the root is there: where it is null, ask throws its error', () => {
    expect(bare(answerTypes(small, 'query Q { a { name } }'))).toBe(
      bare('export type QAnswer = { readonly a: { readonly name: string | null; }; };'),
    );
  });

  test('a question that does not fit is refused with the reason', () => {
    expect(() => answerTypes(small, 'query Q { nope }')).toThrow('Cannot query field "nope" on type "Query"');
  });
});
