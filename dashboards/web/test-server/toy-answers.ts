import { readFileSync } from 'node:fs';
import { buildSchema, graphql } from 'graphql';
import { withEnumWords } from '../../../apps/api/src/enum-words.ts';
import { toyApi } from './toy-api.ts';

const schema = withEnumWords(
  buildSchema(readFileSync(new URL('../../../apps/api/src/schema.graphql', import.meta.url), 'utf8')),
);

/** The answer to one of the page's own questions, run through the real schema against invented accounts. */
export async function toyAnswer<Answer>(
  document: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const rootValue = toyApi({
    ...{
      block: 18_342,
      time: 1_795_175_370,
      drift: 1,
      driftAt: {},
      isEmpty: false,
      trusted: true,
      refusal: undefined,
    },
  });
  const { data, errors } = await graphql({ schema, source: document, variableValues: variables, rootValue });
  if (errors) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
  return JSON.parse(JSON.stringify(data)) as Answer;
}
