import { readFileSync } from 'node:fs';
import { buildSchema, getIntrospectionQuery, parse, validate } from 'graphql';
import { queryExcess, type Variables } from './query-limits.ts';

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const refusals = (query: string, variables: Variables = {}) =>
  [...validate(schema, parse(query)), ...queryExcess(parse(query), variables)].map(
    (error) => error.extensions['code'],
  );

describe('queryExcess', () => {
  it('lets through what the page asks for, and introspection', () => {
    const page = `{ status { head { block } } heatmap { rows { cells { drop badDebtUsd } } }
      cascade(shocks: []) { rounds { byVenue { venue } } } accounts { items { legs { symbol } } } }`;
    expect(refusals(page)).toEqual([]);
    expect(refusals(getIntrospectionQuery())).toEqual([]);
  });

  it('counts the columns of heatmaps, however they are named', () => {
    const heatmap = (name: string, columns: number) =>
      `${name}: heatmap(drops: [${Array(columns).fill(0.1).join(', ')}]) { bookHash }`;
    expect(refusals(`{ ${heatmap('a', 40)} }`)).toEqual([]);
    expect(refusals(`{ ${heatmap('a', 39)} ${heatmap('b', 2)} }`)).toEqual(['QUERY_TOO_LARGE']);
    expect(refusals('{ a: heatmap { bookHash } b: reproduction(drops: null) { bookHash } }')).toEqual([]);
    const four = ['a', 'b', 'c', 'd'].map((name) => `${name}: heatmap { bookHash }`).join(' ');
    expect(refusals(`{ ${four} }`)).toEqual(['QUERY_TOO_LARGE']);
    const byVariable = `query Q($d: [Float!]) { a: heatmap(drops: $d) { bookHash } b: heatmap(drops: $d) { bookHash } }`;
    expect(refusals(byVariable, { d: [0.1, 0.2] })).toEqual([]);
    expect(refusals(byVariable, { d: Array(40).fill(0.1) })).toEqual(['QUERY_TOO_LARGE']);
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
