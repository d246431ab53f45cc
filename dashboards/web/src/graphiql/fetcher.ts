import type { GraphiQLProps } from 'graphiql';
import { Kind, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql';
import { createClient } from 'graphql-ws';

type Fetcher = GraphiQLProps['fetcher'];

/** What GraphiQL wants to know. */
type Asked = Parameters<Fetcher>[0];

/** Asks the API: queries by HTTP, subscriptions by WebSocket. What it answers is shown as it came, errors with it. */
export const fetcher: Fetcher = (asked) => {
  const operations = operationsOf(asked.query);
  const [only, ...others] = operations;
  // Right after another tab is opened GraphiQL still names the operation of the one before.
  const { query, variables } = asked;
  const meant = only && others.length === 0 ? { query, variables } : asked;
  const running = operations.find(({ name }) => name?.value === meant.operationName) ?? only;
  return running?.operation === OperationTypeNode.SUBSCRIPTION ? subscribe(meant) : post(meant);
};

/** The operations of a document; none when it cannot be read, which the API says better. */
function operationsOf(query: string): OperationDefinitionNode[] {
  try {
    return parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  } catch {
    return [];
  }
}

async function post(asked: Asked): Promise<Record<string, unknown>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(asked),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** One socket for each subscription, closed when nobody listens any more. */
async function* subscribe({
  query,
  variables,
  operationName,
}: Asked): AsyncGenerator<{ data?: Record<string, unknown> | null }> {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = createClient({ url: url.href });
  try {
    for await (const { data, errors } of client.iterate({ query, variables, operationName }))
      yield { data: data ?? null, ...(errors && { errors }) };
  } finally {
    void client.dispose();
  }
}
