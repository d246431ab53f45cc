import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import type { MemoryFacts } from '../test-server/memory-facts.ts';
import { serveDevnet, type Answer, type ServedFacts } from '../test-server/serve-facts.ts';

let api: ServedFacts;
let source: MemoryFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);

beforeAll(async () => {
  ({ api, source } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

describe('HTTP', () => {
  it('answers under the names of this machine and those that were given, and no other', async () => {
    const status = async (host: string) => {
      const { hostname, port } = new URL(api.url);
      const [answer] = (await once(
        request({ hostname, port, path: '/healthz', headers: { host } }).end(),
        'response',
      )) as [IncomingMessage];
      answer.resume();
      return answer.statusCode;
    };
    const own = ['127.0.0.1', 'localhost:1234', '[::1]:9', 'undertow.example'];
    expect(await Promise.all(own.map(status))).toEqual([200, 200, 200, 200]);
    const others = ['evil.example', '127.0.0.1.evil.example', 'undertow.example.evil', 'a b'];
    for (const code of await Promise.all(others.map(status))) expect([400, 421]).toContain(code);
  });

  it('does not parse a query that is longer than any, nor give the schema a hundred times', async () => {
    const long = await ask(`{ ${Array.from({ length: 6_000 }, () => '__typename').join(' ')} }`);
    expect(long.errors).toMatchObject([
      { message: expect.stringContaining('tokens'), extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    ]);
    const many = Array.from({ length: 100 }, (_, i) => `a${i}: __schema { types { name } }`).join(' ');
    const refused = await ask(`{ ${many} }`);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
    expect((await ask(getIntrospectionQuery())).errors).toBeUndefined();
  });

  it('serves the page with a strict policy, and hashed files for ever', async () => {
    const root = await fetch(api.url);
    expect(await root.text()).toContain('the page');
    expect(root.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(root.headers.get('cache-control')).toBe('no-cache');
    expect(root.headers.get('x-powered-by')).toBeNull();
    const asset = await fetch(`${api.url}/static/app-1a2b.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
  });

  it.each(['/scenario?shock=ETH:-0.2', '/assets/WETH', '/venues/aave-v3.6@devnet/WETH%2FUSDC'])(
    'serves the page at %s to who asks for HTML, with the same policy',
    async (address) => {
      const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
      const answer = await fetch(api.url + address, { headers: { accept } });
      expect([answer.status, await answer.text()]).toEqual([200, '<h1>the page</h1>']);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('vary')).toMatch(/accept\b/i);
      for (const other of ['application/json', '*/*'])
        expect((await fetch(api.url + address, { headers: { accept: other } })).status).toBe(404);
      expect((await fetch(api.url + address, { method: 'POST', headers: { accept } })).status).toBe(404);
    },
  );

  it.each(['/static/app-9z9z.js', '/robots.txt', '/healthz/x'])(
    'has nothing at %s, also for who asks for HTML',
    async (path) => {
      expect((await fetch(api.url + path, { headers: { accept: 'text/html' } })).status).toBe(404);
    },
  );

  it('serves GraphiQL under a policy that allows it the fonts in its stylesheet, and nothing else', async () => {
    const graphiql = await fetch(`${api.url}/graphiql`);
    expect(await graphiql.text()).toContain('GraphiQL');
    const strict = (await fetch(api.url)).headers.get('content-security-policy')!;
    expect(strict).toContain("font-src 'self';");
    expect(graphiql.headers.get('content-security-policy')).toBe(
      strict.replace("font-src 'self'", "font-src 'self' data:"),
    );
  });

  it.each(['br', 'gzip', 'identity'])(
    'serves the page and GraphQL as %s to who takes that',
    async (encoding) => {
      const headers = { 'accept-encoding': encoding, 'content-type': 'application/json' };
      const body = JSON.stringify({ query: getIntrospectionQuery() });
      const answers = [
        await fetch(`${api.url}/static/app-1a2b.js`, { headers }),
        await fetch(`${api.url}/graphql`, { method: 'POST', headers, body }),
      ];
      for (const answer of answers) {
        expect(answer.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
        expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
        expect((await answer.text()).length).toBeGreaterThan(7_000);
      }
    },
  );

  it('says that it is ready, and 404 for what is not there', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).json()).toMatchObject({ ready: true });
    expect((await fetch(`${api.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${api.url}/..%2f..%2fetc/passwd`)).status).toBeGreaterThanOrEqual(400);
  });

  describe('by GET', () => {
    const get = (
      query: string,
      { headers = {}, variables = {} }: { headers?: object; variables?: object } = {},
    ) => {
      const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
      return fetch(`${api.url}/graphql?${parameters}`, {
        headers: { 'apollo-require-preflight': '1', ...headers },
      });
    };
    let final: number;
    beforeAll(async () => {
      const { data } = await ask('{ blocks { newest { block } } }');
      final = (data as { blocks: { newest: { block: number } } }).blocks.newest.block - 64;
    });
    const query = 'query Q($block: Int) { venues(block: $block) { head { block } bookHash } }';

    it('lets everybody keep what is pinned at a final block, by a tag that goes with its book', async () => {
      const first = await get(query, { variables: { block: final } });
      expect(first.status).toBe(200);
      expect(first.headers.get('cache-control')).toBe('public, max-age=86400, immutable');
      expect(first.headers.get('vary')).toMatch(/accept\b/i);
      const etag = first.headers.get('etag')!;
      // As a cache asks; fetch would add that it wants none.
      const again = request(first.url, {
        headers: { 'apollo-require-preflight': '1', 'if-none-match': etag },
      });
      const [unchanged] = (await once(again.end(), 'response')) as [IncomingMessage];
      unchanged.resume();
      expect(unchanged.statusCode).toBe(304);
      const other = await get(query, { variables: { block: final - 1 } });
      expect(other.headers.get('etag')).not.toBe(etag);
    });

    it('lets nobody keep what may change, or could not be answered', async () => {
      const answers = [
        await get(query),
        await get(query, { variables: { block: source.newest } }),
        await get(query, { variables: { block: final + 1 } }),
        await get(`{ venues(block: ${final}) { bookHash } status { network } }`),
        await get(`{ venues(block: ${final}) { bookHash } markets(block: 100000000) { bookHash } }`),
        await get('{ nope }'),
      ];
      for (const answer of answers) expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('is refused to pages of other sites, which can send it without being asked', async () => {
      const simple = await fetch(`${api.url}/graphql?${new URLSearchParams({ query })}`);
      expect(simple.status).toBe(400);
      expect(await simple.text()).toMatch(/CSRF/);
    });
  });

  it('says what a query cost, and of how much', async () => {
    const { extensions } = (await ask(
      `{ heatmap(moves: [-0.1, 0.1]) { bookHash } a: venues(block: 7) { bookHash } b: venues(block: 8) { bookHash } }`,
    )) as Answer & { extensions: unknown };
    expect(extensions).toEqual({
      cost: { cost: 11, fields: 6, depth: 2, blocks: 2, most: { depth: 8, fields: 500, cost: 40 } },
    });
    const client = createClient({ url: `${api.url.replace('http', 'ws')}/graphql`, retryAttempts: 0 });
    const { value } = await client.iterate({ query: '{ status { network } }' }).next();
    expect(value).toMatchObject({
      data: { status: { network: 'devnet' } },
      extensions: { cost: { cost: 1 } },
    });
    await client.dispose();
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
