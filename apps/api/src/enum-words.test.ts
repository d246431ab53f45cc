import { buildSchema, graphql } from 'graphql';
import { withEnumWords } from './enum-words.ts';

test('an enum is the word of the libraries in resolvers, and a name without hyphens outside', async () => {
  const schema = withEnumWords(
    buildSchema('type Query { same(kind: Kind): Kind } enum Kind { pooled_lending closeFactor }'),
  );
  const asked: unknown[] = [];
  const rootValue = {
    same: ({ kind }: { kind: unknown }) => {
      asked.push(kind);
      return kind;
    },
  };
  const { data } = await graphql({
    ...{ schema, rootValue },
    source: '{ a: same(kind: pooled_lending) b: same(kind: closeFactor) }',
  });
  expect(asked).toEqual(['pooled-lending', 'closeFactor']);
  expect(data).toEqual({ a: 'pooled_lending', b: 'closeFactor' });
});
