import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { jest } from '@jest/globals';
import { EnginePool } from '@undertow/engine-pool';
import { createClient } from 'graphql-ws';
import type { StoredFlagChange } from '@undertow/store';
import type { MemoryFacts } from '../test-server/memory-facts.ts';
import { serveDevnet, type Answer, type ServedFacts } from '../test-server/serve-facts.ts';
import { MOST_OPEN } from './serve-sockets.ts';

let api: ServedFacts;
let source: MemoryFacts;
const ask: ServedFacts['ask'] = (query) => api.ask(query);

beforeAll(async () => {
  ({ api, source } = await serveDevnet());
}, 120_000);

afterAll(() => api.close());

describe('subscriptions', () => {
  it('are refused over HTTP by name, and leave nothing in the log', async () => {
    const before = api.logged.length;
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'subscription { heads { block } }' }),
    });
    const answer = (await response.json()) as Answer;
    expect(api.logged.slice(before)).toEqual([]);
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

  it('pushes what happens to flags that are asked for, whoever measured it, and each once', async () => {
    const client = connect(api.url);
    type Told = { oracleFlagChanges: { change: string; block: number; flag: { subject: string } } };
    const told = client.iterate<Told>({
      query: `subscription { oracleFlagChanges(severity: critical, asset: "weth") {
        change block flag { kind severity reason subject start end peak } } }`,
    });
    let number = 0;
    const keep = (change: string, more: Partial<StoredFlagChange> = {}) =>
      source.series.keep(
        { block: 7, hash: '0x', time: 7, bookHash: 'b' },
        [],
        [
          {
            ...{ kind: 'deviating', severity: 'critical', label: 'WETH', venues: [], atStakeUsd: 1, change },
            ...{ assets: ['WETH'], subject: `flag ${(number += 1)}` },
            ...{ start: 100, raisedAt: 400, end: undefined, peak: 0.06, peakTime: 400, ...more },
          },
        ],
      );
    const move = () => source.moveTo(source.newest);
    const first = told.next();
    // A subscription starts when the server has it: raise flags until one is heard.
    let heard = false;
    void first.then(() => (heard = true));
    while (!heard) {
      await keep('raised');
      move();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { change, block, flag } = (await first).value!.data!.oracleFlagChanges;
    expect({ change, block, ...flag }).toEqual({
      ...{ change: 'raised', block: 7, kind: 'deviating', severity: 'critical', subject: expect.anything() },
      reason: 'Distance from the market: 6 %. Raised from 2 % on, critical from 5 %.',
      ...{ start: 100, end: null, peak: 0.06 },
    });
    // Not asked for: of another asset, a warning, a worse value of what is told already.
    await keep('raised', { assets: ['WBTC'] });
    await keep('raised', { severity: 'warning' });
    await keep('peaked');
    await keep('worsened', { subject: 'worse' });
    await keep('ended', { subject: 'last', end: 700 });
    move();
    const rest: string[] = [];
    for await (const { data } of told) {
      const { change: what, flag: of } = data!.oracleFlagChanges;
      rest.push(`${what} ${of.subject}`);
      if (of.subject === 'last') break;
    }
    expect(rest.slice(-2)).toEqual(['worsened worse', 'ended last']);
    const seen = [flag.subject, ...rest.slice(0, -2).map((line) => line.replace('raised ', ''))];
    expect(new Set(seen).size).toBe(seen.length);
    const unknown = client.iterate({ query: 'subscription { oracleFlagChanges(asset: "FOO") { block } }' });
    const { errors } = (await unknown.next()).value!;
    expect(errors).toMatchObject([{ message: expect.stringMatching(/Known: .*WETH/) }]);
    await client.dispose();
  });

  it('refuses a page of another origin', async () => {
    const client = connect('http://evil.example');
    const heads = client.iterate({ query: 'subscription { heads { block } }' });
    await expect(heads.next()).rejects.toMatchObject({ code: 4403 });
    await client.dispose();
  });

  it('refuses a socket under another host name, at another path, and what is not a page of ours', async () => {
    const status = async (host: string, path = '/graphql') => {
      const { hostname, port } = new URL(api.url);
      const headers = { host, connection: 'upgrade', upgrade: 'websocket' };
      const key = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
      const asked = request({ hostname, port, path, headers: { ...headers, ...key } }).end();
      const [answer] = (await Promise.race([once(asked, 'response'), once(asked, 'upgrade')])) as [
        IncomingMessage,
      ];
      answer.destroy();
      return answer.statusCode;
    };
    expect(await status(`localhost:${new URL(api.url).port}`)).toBe(101);
    expect(await status('undertow.example')).toBe(101);
    expect(await status('evil.example')).toBe(421);
    expect(await status('localhost', '/elsewhere')).toBe(404);
  });

  it('closes a socket whose message is larger than any query', async () => {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { long: 'x'.repeat(100_000) } }));
    const [closed] = (await once(socket, 'close')) as [CloseEvent];
    expect([1006, 1009]).toContain(closed.code);
    expect((await ask('{ status { trusted } }')).errors).toBeUndefined();
  });

  it('opens no more operations than a page may need', async () => {
    const client = connect();
    const query = 'subscription { heads { block } }';
    const open = Array.from({ length: MOST_OPEN + 1 }, () => client.iterate({ query }));
    const refused = open.map((one) => one.next().catch((error: unknown) => error));
    expect(await Promise.race(refused)).toMatchObject([{ extensions: { code: 'TOO_MANY_OPEN' } }]);
    await client.dispose();
    await Promise.allSettled(refused);
  });

  it('stops what a client has ended, as if it had never asked', async () => {
    const asked = Promise.withResolvers<AbortSignal | undefined>();
    const cells = jest.spyOn(EnginePool.prototype, 'cells').mockImplementation(({ signal }) => {
      asked.resolve(signal);
      return new Promise((_, fail) => signal?.addEventListener('abort', () => fail(signal.reason as Error)));
    });
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    socket.send(
      '{"type":"subscribe","id":"1","payload":{"query":"{ heatmap { rows { cells { lossUsd } } } }"}}',
    );
    const signal = (await asked.promise)!;
    expect(signal.aborted).toBe(false);
    socket.send('{"type":"complete","id":"1"}');
    if (!signal.aborted) await once(signal, 'abort');
    cells.mockRestore();
    socket.close();
    await once(socket, 'close');
  });

  it('holds queries over the socket to the same limits', async () => {
    const client = connect();
    const names = Array.from({ length: 6_000 }, () => '__typename').join(' ');
    await expect(client.iterate({ query: `{ ${names} }` }).next()).rejects.toMatchObject([
      { message: expect.stringContaining('tokens') },
    ]);
    const query = `{ ${['a', 'b', 'c', 'd'].map((name) => `${name}: heatmap { bookHash }`).join(' ')} }`;
    await expect(client.iterate({ query }).next()).rejects.toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
    await client.dispose();
  });
});
