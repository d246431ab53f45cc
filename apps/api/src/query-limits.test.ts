import { readFileSync } from 'node:fs';
import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { writeCursor } from './connection/cursor.ts';
import { queryExcess, type Variables } from './query-limits.ts';

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const refusals = (query: string, variables: Variables = {}, operationName?: string) =>
  [...validate(schema, parse(query)), ...queryExcess(parse(query), { variables, operationName })].map(
    (error) => error.extensions['code'],
  );
const times = (count: number, field: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `f${i}: ${field(i)}`).join(' ');

describe('queryExcess', () => {
  it('lets through what the page asks for, and introspection', () => {
    const page = `{ status { head { block } } heatmap { rows { cells { move lossUsd } } }
      cascade(moves: []) { rounds { byVenue { venue } } } accounts { nodes { legs { amount } } } }`;
    expect(refusals(page)).toEqual([]);
    expect(refusals(getIntrospectionQuery())).toEqual([]);
  });

  it('counts fields of the schema like others, and the schema itself as costly', () => {
    expect(refusals(`{ ${times(2, () => '__schema { description }')} }`)).toEqual([]);
    expect(refusals(`{ ${times(3, () => '__schema { description }')} }`)).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals(`{ ${times(39, () => '__typename')} }`)).toEqual([]);
    expect(refusals(`{ ${times(501, () => '__typename')} }`)).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals(`{ venues { ${times(501, () => '__typename')} } }`)).toEqual(['QUERY_TOO_LARGE']);
  });

  it('counts the columns of heatmaps, however they are named', () => {
    const heatmap = (name: string, columns: number) =>
      `${name}: heatmap(moves: [${Array(columns).fill(0.1).join(', ')}]) { bookHash }`;
    expect(refusals(`{ ${heatmap('a', 40)} }`)).toEqual([]);
    expect(refusals(`{ ${heatmap('a', 39)} ${heatmap('b', 2)} }`)).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals('{ a: heatmap { bookHash } b: reproduction(moves: null) { bookHash } }')).toEqual([]);
    const four = ['a', 'b', 'c', 'd'].map((name) => `${name}: heatmap { bookHash }`).join(' ');
    expect(refusals(`{ ${four} }`)).toEqual(['QUERY_TOO_LARGE']);
    const byVariable = `query Q($d: [Float!]) { a: heatmap(moves: $d) { bookHash } b: heatmap(moves: $d) { bookHash } }`;
    expect(refusals(byVariable, { d: [0.1, 0.2] })).toEqual([]);
    expect(refusals(byVariable, { d: Array(40).fill(0.1) })).toEqual(['QUERY_TOO_LARGE']);
  });

  it('counts cascades, and a what-if as two', () => {
    const cascades = (count: number) => times(count, () => 'cascade(moves: []) { lossUsd }');
    const whatIfs = (count: number) =>
      times(count, () => 'whatIf(moves: [], overrides: ["x"]) { madeDueUsd }');
    expect([refusals(`{ ${cascades(8)} }`), refusals(`{ ${cascades(9)} }`)]).toEqual([
      [],
      ['QUERY_TOO_LARGE'],
    ]);
    expect([refusals(`{ ${whatIfs(4)} }`), refusals(`{ ${whatIfs(5)} }`)]).toEqual([[], ['QUERY_TOO_LARGE']]);
  });

  it('takes a variable that is not given by its default', () => {
    const columns = `[${Array(40).fill(0.1).join(', ')}]`;
    for (const name of ['d', 'toString']) {
      const query = `query Q($${name}: [Float!] = ${columns}) { ${times(2, () => `heatmap(moves: $${name}) { bookHash }`)} }`;
      expect(refusals(query)).toEqual(['QUERY_TOO_LARGE']);
      expect(refusals(query, { [name]: [0.1] })).toEqual([]);
      expect(refusals(query, { [name]: null })).toEqual([]);
    }
  });

  it('counts what a past block costs, for every one after the first', () => {
    const venues = (count: number) => `{ ${times(count, (i) => `venues(block: ${i}) { bookHash }`)} }`;
    expect(refusals(venues(5))).toEqual([]);
    for (const count of [6, 40]) expect(refusals(venues(count))).toEqual(['QUERY_TOO_LARGE']);
    const owner = `owner: "0x${'1'.repeat(40)}"`;
    const mixed = `{ ${times(3, (i) => `account(${owner}, block: ${i}) { address }`)} ...f }
      fragment f on Query { a: venues(block: 7) { bookHash } ... on Query { b: markets(block: 8) { bookHash } } c: exposures(block: 9) { bookHash } }`;
    expect(refusals(mixed)).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals(`{ ${times(40, () => 'venues(block: 7) { bookHash }')} }`)).toEqual([]);
    expect(refusals(`{ ${times(40, () => 'venues(block: null) { bookHash }')} }`)).toEqual([]);
    const columns = Array(40).fill(0.1).join(', ');
    expect(refusals(`{ heatmap(moves: [${columns}], block: 7) { bookHash } }`)).toEqual([]);
  });

  it('counts the items of pages, and the block that a cursor stands at', () => {
    const pages = (count: number, given: (i: number) => string) =>
      `{ ${times(count, (i) => `accounts${given(i)} { totalCount }`)} }`;
    expect(refusals(pages(40, () => '(first: 100)'))).toEqual([]);
    expect(refusals(pages(8, () => '(first: 500)'))).toEqual([]);
    expect(refusals(pages(9, () => '(first: 500)'))).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals(pages(9, () => '(first: 1000000000)'))).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals(pages(8, () => '(last: 500)'))).toEqual([]);
    expect(refusals(pages(9, () => '(last: 500)'))).toEqual(['QUERY_TOO_LARGE']);
    const cursor = (block: number) =>
      writeCursor({ of: 'accounts', where: {} }, { block, hash: '0x', place: [1] });
    expect(refusals(pages(40, () => `(after: "${cursor(7)}")`))).toEqual([]);
    expect(refusals(pages(6, (i) => `(after: "${cursor(i)}")`))).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals(pages(6, (i) => `(before: "${cursor(i)}")`))).toEqual(['QUERY_TOO_LARGE']);
    const both = (i: number) => `(after: "${cursor(2 * i)}", before: "${cursor(2 * i + 1)}")`;
    expect(refusals(pages(4, both))).toEqual(['QUERY_TOO_LARGE']);
  });

  it('counts blocks in variables and their defaults', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'constructor'];
    const fields = names.map((name) => `${name}: venues(block: $${name}) { bookHash }`).join(' ');
    const asked = (initial: (i: number) => string) =>
      `query Q(${names.map((name, i) => `$${name}: Int${initial(i)}`).join(', ')}) { ${fields} }`;
    const blocks = (block: (i: number) => number | null) =>
      Object.fromEntries(names.map((name, i) => [name, block(i)]));
    const given = asked(() => '');
    expect(refusals(given)).toEqual([]);
    expect(
      refusals(
        given,
        blocks((i) => i),
      ),
    ).toEqual(['QUERY_TOO_LARGE']);
    expect(
      refusals(
        given,
        blocks(() => 7),
      ),
    ).toEqual([]);
    const initial = asked((i) => ` = ${i}`);
    expect(refusals(initial)).toEqual(['QUERY_TOO_LARGE']);
    expect(
      refusals(
        initial,
        blocks(() => null),
      ),
    ).toEqual([]);
  });

  it('measures the operation that runs', () => {
    const query = `query Small { status { network } } query Large { ${times(41, () => 'venues { bookHash }')} }`;
    expect(refusals(query, {}, 'Small')).toEqual([]);
    expect(refusals(query, {}, 'Large')).toEqual(['QUERY_TOO_LARGE']);
  });

  it('refuses many aliases', () => {
    const fields = Array.from({ length: 501 }, (_, i) => `f${i}: network`).join(' ');
    expect(refusals(`{ status { ${fields} } }`)).toEqual(['QUERY_TOO_LARGE']);
  });

  it('measures nested fragments in linear time', () => {
    const levels = Array.from(
      { length: 60 },
      (_, i) => `fragment f${i} on Status { ...f${i + 1} ...f${i + 1} }`,
    );
    const query = `{ status { ...f0 } } ${levels.join(' ')} fragment f60 on Status { network }`;
    expect(refusals(query)).toContain('QUERY_TOO_LARGE');
  });

  it('ends on a fragment that contains itself', () => {
    expect(refusals('{ status { ...f } } fragment f on Status { network ...f }').length).toBeGreaterThan(0);
  });
});
