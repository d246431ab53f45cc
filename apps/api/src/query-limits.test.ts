import { readFileSync } from 'node:fs';
import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';
import { queryLimits } from './query-limits.ts';

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const refusals = (query: string) =>
  validate(schema, parse(query), [...specifiedRules, queryLimits]).map((error) => error.extensions['code']);

describe('queryLimits', () => {
  it('lets through what the page asks for, and introspection', () => {
    const page = `{ status { head { block } } heatmap { rows { cells { drop badDebtUsd } } }
      cascade(shocks: []) { rounds { byVenue { venue } } } accounts { items { legs { symbol } } } }`;
    expect(refusals(page)).toEqual([]);
    expect(refusals(getIntrospectionQuery())).toEqual([]);
  });

  it('refuses several heatmaps in one query', () => {
    expect(refusals('{ a: heatmap { bookHash } b: heatmap { bookHash } }')).toEqual([]);
    const three = '{ a: heatmap { bookHash } b: heatmap { bookHash } c: heatmap { bookHash } }';
    expect(refusals(three)).toEqual(['QUERY_TOO_LARGE']);
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
