import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { serveDevnet, type Answer, type ServedFacts } from '../test-server/serve-facts.ts';
import { MOST_NESTING, MOST_TEXT } from './input-limits.ts';
import { MOST_VALUES } from './value-limit.ts';

// What one message may cost everybody else. Each of these took the thread that answers for 0.1 to 16 seconds, or the process.

let api: ServedFacts;

beforeAll(async () => {
  ({ api } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

const times = (count: number, field: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => field(i)).join(' ');
const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;

interface Message {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

async function overHttp(message: Message): Promise<Answer> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  expect(response.status).toBe(400);
  return (await response.json()) as Answer;
}

/** The errors of a query over a WebSocket, whether it was refused or answered with them. */
async function overSocket(message: Message): Promise<Answer['errors']> {
  const client = createClient({ url: `${api.url.replace('http', 'ws')}/graphql`, retryAttempts: 0 });
  try {
    const { value } = await client.iterate(message).next();
    expect((value as Answer).data).toBeNull();
    return (value as Answer).errors;
  } catch (errors) {
    return errors as Answer['errors'];
  } finally {
    await client.dispose();
  }
}

const WHAT_IF = 'query Q($m: [String!]!) { whatIf(moves: [], overrides: $m) { bookHash } }';

describe('one message', () => {
  it.each<[string, Message, RegExp]>([
    ['names many times over', { query: `{ ${times(4_900, () => '__typename')} }` }, /tokens|fields/],
    [
      'the same fields over and over, which are held against each other',
      { query: `{ ${times(490, () => 'accounts { nodes { legs { amount } } }')} }` },
      /tokens/,
    ],
    [
      'the schema under many names',
      { query: `{ ${times(5, (i) => `a${i}: __schema { types { name } }`)} }` },
      /cost/,
    ],
    [
      'fields of the schema under many names',
      { query: `{ __schema { types { fields { ${times(400, (i) => `a${i}: name`)} } } } }` },
      /values/,
    ],
    [
      'fields of every account under many names',
      { query: `{ accounts(first: 500) { nodes { ${times(450, (i) => `a${i}: debtUsd`)} } } }` },
      /values/,
    ],
    [
      'fields of what is in every account under many names',
      {
        query: `{ accounts(first: 500) { edges { node { ${times(450, (i) => `a${i}: debtUsd`)} } } } }`,
      },
      /values/,
    ],
    [
      'many long lists',
      {
        query: `{ ${times(8, (i) => `a${i}: blocks(first: 500) { nodes { ${times(50, (k) => `b${k}: block`)} } }`)} }`,
      },
      /values/,
    ],
    [
      'fragments within each other',
      {
        query: `{ ...f0 } ${times(100, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f100 on Query { __typename }`,
      },
      /fields/,
    ],
    ['a fragment within itself', { query: '{ ...a } fragment a on Query { ...a }' }, /itself/],
    ['directives without end', { query: `{ __typename ${'@include(if: true) '.repeat(400)} }` }, /tokens/],
    [
      'a long gap in an override',
      { query: WHAT_IF, variables: { m: [`a${' '.repeat(60_000)}b`] } },
      /characters/,
    ],
    [
      'a long name',
      { query: `{ asset(symbol: "${'%'.repeat(MOST_TEXT + 1)}") { bookHash } }` },
      /characters/,
    ],
    ['a deep value', { query: WHAT_IF, variables: { m: nested(2_000) } }, /nested/],
  ])('is refused by HTTP and WebSocket when it has %s', async (_name, message, reason) => {
    const { errors, data } = await overHttp(message);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ message: expect.stringMatching(reason) }]);
    expect(await overSocket(message)).toMatchObject([{ message: expect.stringMatching(reason) }]);
  });

  it('may have as much as is allowed, and the thread is still there for the next', async () => {
    const { data, errors } = await api.ask(
      '{ blocks(first: 25) { nodes { block hash } } status { trusted } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ status: { trusted: true } });
    const text = 'x'.repeat(MOST_TEXT);
    expect(await api.messageOf(`{ asset(symbol: "${text}") { bookHash } }`)).toMatch(/is not in the book/);
    const deep = { query: WHAT_IF, variables: { m: nested(MOST_NESTING) } };
    expect((await overHttp(deep)).errors?.[0]?.message).not.toMatch(/nested more/);
    expect(MOST_VALUES).toBeGreaterThan(20_000);
  });

  it('may ask for the whole schema, as tools do', async () => {
    const asked = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true });
    const { data, errors } = await api.ask(asked);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain('startReport');
  });
});
