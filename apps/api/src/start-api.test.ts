import { jest } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, getNamedType, isObjectType, type GraphQLObjectType } from 'graphql';
import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { startApi, type RunningApi } from './start-api.ts';
import { MemoryFacts, recordDevnet } from '../test-server/memory-facts.ts';

let api: RunningApi;
let source: MemoryFacts;
let page: string;
const logged: string[] = [];

beforeAll(async () => {
  source = new MemoryFacts(await recordDevnet(12));
  source.moveTo(source.newest);
  page = mkdtempSync(join(tmpdir(), 'undertow-page-'));
  mkdirSync(join(page, 'assets'));
  writeFileSync(join(page, 'index.html'), '<h1>the page</h1>');
  writeFileSync(join(page, 'assets', 'app-1a2b.js'), '1');
  const network = { chainId: source.chainId, name: 'devnet', finalityDepth: 64 };
  api = await startApi({
    network,
    source,
    pageFolder: page,
    port: 0,
    log: pino({ level: 'warn' }, { write: (line) => void logged.push(line) }),
  });
  await until(async () => (await fetch(`${api.url}/healthz`)).status === 200);
}, 60_000);

afterAll(async () => {
  await api.close();
  rmSync(page, { recursive: true });
});

/** Fails by the test's own time limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

async function ask(query: string): Promise<Answer> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const codeOf = async (query: string) => (await ask(query)).errors?.[0]?.extensions['code'];
const messageOf = async (query: string) => (await ask(query)).errors?.[0]?.message;

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const ARGUMENTS: Readonly<Record<string, string>> = {
  cascade: '(shocks: [{ asset: "WETH", ratio: -0.35 }])',
  account: '(owner: "0x0000000000000000000000000000000000000001")',
};

/** Selects every field of a type, to the leaves. */
function everything(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields()).map((field) => {
    const inner = getNamedType(field.type);
    return isObjectType(inner) ? `${field.name} ${everything(inner)}` : field.name;
  });
  return `{ ${fields.join(' ')} }`;
}

describe('GraphQL', () => {
  it.each(Object.keys(schema.getQueryType()!.getFields()))('answers every field of %s', async (name) => {
    const type = getNamedType(schema.getQueryType()!.getFields()[name]!.type) as GraphQLObjectType;
    const answer = await ask(`{ ${name}${ARGUMENTS[name] ?? ''} ${everything(type)} }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data?.[name]).toBeTruthy();
  });

  it('runs a cascade that liquidates, and a heatmap that agrees with it', async () => {
    const { data } = await ask(`{
      cascade(shocks: [{ asset: "WETH", ratio: -0.5 }]) { accounts bookHash rounds { index } byAccount(first: 1) { firstRound } }
      heatmap(drops: [0.5]) { bookHash rows { symbol cells { accounts } } } }`);
    const { cascade, heatmap } = data as unknown as {
      cascade: { accounts: number; bookHash: string; byAccount: unknown[] };
      heatmap: { bookHash: string; rows: { symbol: string; cells: { accounts: number }[] }[] };
    };
    expect(cascade.accounts).toBeGreaterThan(0);
    expect(cascade.byAccount).toHaveLength(1);
    expect(heatmap.bookHash).toBe(cascade.bookHash);
    expect(heatmap.rows.find(({ symbol }) => symbol === 'WETH')?.cells[0]?.accounts).toBe(cascade.accounts);
  });

  it('finds an account by its address in any case', async () => {
    const { data } = await ask('{ accounts(first: 1) { total items { owner healthFactor } } }');
    const { items } = data?.['accounts'] as { items: [{ owner: string }] };
    const upper = items[0].owner.replace(/[a-f]/g, (letter) => letter.toUpperCase());
    const found = await ask(`{ account(owner: "${upper}") { owner } }`);
    expect(found.data?.['account']).toContainEqual({ owner: items[0].owner });
  });

  it.each([
    ['{ cascade(shocks: [{ asset: "FOO", ratio: -0.1 }]) { accounts } }', /Known: .*WETH/],
    ['{ cascade(shocks: [{ asset: "WETH", ratio: -1 }]) { accounts } }', /above -1/],
    ['{ cascade(shocks: [{ asset: "WETH", ratio: 0 }, { asset: "WETH", ratio: 0 }]) { accounts } }', /twice/],
    ['{ heatmap(drops: [1]) { bookHash } }', /outside 0\.\.1/],
    ['{ heatmap(drops: [-0.1]) { bookHash } }', /outside 0\.\.1/],
    ['{ heatmap(drops: []) { bookHash } }', /at least one/],
    [`{ heatmap(drops: [${Array(41).fill(0.1).join(',')}]) { bookHash } }`, /at most 40/],
    ['{ heatmap(block: 100000000) { bookHash } }', /newest is/],
    ['{ accounts(first: 501) { total } }', /1 to 500/],
    ['{ accounts(first: null) { total } }', /1 to 500/],
    ['{ accounts(after: -1) { total } }', /negative/],
    ['{ accounts(venue: "x") { total } }', /Known: aave-v3@devnet/],
    ['{ accounts(venue: "") { total } }', /Known: aave-v3@devnet/],
    ['{ account(owner: "0x12") { venue } }', /40 hexadecimal/],
  ])('refuses %s', async (query, message) => {
    expect(await messageOf(query)).toMatch(message);
    expect(await codeOf(query)).toBe('BAD_USER_INPUT');
  });

  it('never shows a stack', async () => {
    for (const query of ['{ nope }', '{', '{ heatmap(drops: [2]) { bookHash } }'])
      expect(JSON.stringify(await ask(query))).not.toMatch(/stacktrace|\.ts:\d|node_modules/);
  });

  it('hides what went wrong inside, and says only that the database is away', async () => {
    const broken = jest.spyOn(source, 'stored').mockRejectedValue(new Error('password=hunter2'));
    expect(JSON.stringify(await ask('{ status { network } }'))).not.toContain('hunter2');
    expect(await codeOf('{ status { network } }')).toBe('INTERNAL_SERVER_ERROR');
    expect((await fetch(`${api.url}/healthz`)).status).toBe(503);
    broken.mockRestore();
  });

  it('answers with UNTRUSTED and the reason instead of numbers, and tells it in the status', async () => {
    source.distrust('the chain went back 70 blocks');
    const numbers = [
      'heatmap { bookHash }',
      'markets { id }',
      'accounts { total }',
      'cascade(shocks: []) { accounts }',
    ];
    for (const query of numbers) {
      expect(await codeOf(`{ ${query} }`)).toBe('UNTRUSTED');
      expect(await messageOf(`{ ${query} }`)).toContain('went back 70 blocks');
    }
    const { data } = await ask('{ status { trusted reason } }');
    expect(data?.['status']).toEqual({ trusted: false, reason: 'the chain went back 70 blocks' });
    source.distrust(undefined);
  });
});

describe('subscriptions', () => {
  it('are refused over HTTP by name, and leave nothing in the log', async () => {
    const before = logged.length;
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'subscription { heads { block } }' }),
    });
    const answer = (await response.json()) as Answer;
    expect(logged.slice(before)).toEqual([]);
    expect(response.status).toBe(400);
    expect(answer.errors).toMatchObject([
      {
        message: 'subscriptions go over WebSocket (graphql-transport-ws) at /graphql',
        extensions: { code: 'BAD_REQUEST' },
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain('stacktrace');
  });

  const connect = (origin?: string) =>
    createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string) {
          // Node's WebSocket takes headers, which the type of the browsers' does not say.
          super(url, { protocols, headers: origin === undefined ? {} : { origin } } as unknown as string);
        }
      },
      retryAttempts: 0,
    });

  it('pushes new heads, and says when the chain went back', async () => {
    const client = connect(api.url);
    const heads = client.iterate<{ heads: { block: number; reorg: boolean } }>({
      query: 'subscription { heads { chainId block hash time reorg } }',
    });
    const first = heads.next();
    // A subscription starts when the server has it: move until it is heard.
    let heard = false;
    void first.then(() => (heard = true));
    for (let block = source.newest - 1; !heard; block = block === source.newest ? block - 1 : source.newest) {
      source.moveTo(block);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await first).value?.data?.heads.block).toBeGreaterThan(0);
    source.fork(source.newest - 6, source.newest - 1);
    for await (const { data } of heads)
      if (data?.heads.reorg && data.heads.block === source.newest - 1) break;
    await client.dispose();
  });

  it('refuses a page of another origin', async () => {
    const client = connect('http://evil.example');
    const heads = client.iterate({ query: 'subscription { heads { block } }' });
    await expect(heads.next()).rejects.toMatchObject({ code: 4403 });
    await client.dispose();
  });

  it('holds queries over the socket to the same limits', async () => {
    const client = connect();
    const query = '{ a: heatmap { bookHash } b: heatmap { bookHash } c: heatmap { bookHash } }';
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
    await client.dispose();
  });
});

describe('HTTP', () => {
  it('serves the page with a strict policy, and hashed files for ever', async () => {
    const root = await fetch(api.url);
    expect(await root.text()).toContain('the page');
    expect(root.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(root.headers.get('cache-control')).toBe('no-cache');
    expect(root.headers.get('x-powered-by')).toBeNull();
    const asset = await fetch(`${api.url}/assets/app-1a2b.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  it('says that it is ready, and 404 for what is not there', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).json()).toMatchObject({ ready: true });
    expect((await fetch(`${api.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${api.url}/..%2f..%2fetc/passwd`)).status).toBeGreaterThanOrEqual(400);
  });

  it('keeps other sites from sending queries by a simple form', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(response.status).toBe(400);
  });
});
