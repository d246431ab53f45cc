import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { startDevnet, type Devnet } from '../index.ts';
import { hiddenAddress } from './hidden-address.ts';

const SOMEBODY = '0x00000000000000000000000000000000000000aa';

describe('a page of the web', () => {
  let devnet: Devnet;
  beforeAll(async () => (devnet = await startDevnet({ seed: 1, accounts: 0, venues: [], port: 0 })));
  afterAll(() => devnet.stop());

  /** What is answered to somebody who would be rich; undefined when the connection is closed without an answer. */
  async function enrich(headers: Record<string, string>): Promise<number | undefined> {
    const { port } = new URL(devnet.url);
    const asked = request({ port, host: '127.0.0.1', method: 'POST', headers });
    asked.end(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'anvil_setBalance', params: [SOMEBODY, '0x1'] }),
    );
    const [answer] = (await Promise.race([
      once(asked, 'response'),
      once(asked, 'upgrade').then(() => [{ statusCode: 101, resume: () => {} }]),
    ]).catch(() => [undefined])) as [IncomingMessage | undefined];
    answer?.resume();
    return answer?.statusCode;
  }

  const json = { 'content-type': 'application/json' };
  const balance = () => devnet.rpc('eth_getBalance', [SOMEBODY, 'latest']);

  it.each<[string, Record<string, string>, number | undefined]>([
    ['of another site', { ...json, origin: 'https://evil.example' }, 403],
    ['without an address of its own', { ...json, origin: 'null' }, 403],
    [
      'that asks without asking to be let',
      { 'content-type': 'text/plain', origin: 'https://evil.example' },
      403,
    ],
    ['whose name was made to lead here', { ...json, host: 'evil.example:8545' }, 403],
    ['whose name looks like ours', { ...json, host: '127.0.0.1.evil.example' }, 403],
    [
      'by a WebSocket',
      {
        ...{ connection: 'upgrade', upgrade: 'websocket', origin: 'https://evil.example' },
        ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' },
      },
      undefined,
    ],
  ])('%s sets no balance', async (_name, headers, status) => {
    expect(await enrich(headers)).toBe(status);
    expect(await balance()).toBe('0x0');
  });

  it('finds no chain by its port behind that', async () => {
    const inner = await startDevnet({ seed: 1, accounts: 0, venues: [] });
    const { hostname } = new URL(inner.url);
    const body = '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}';
    const answer = await fetch(inner.url, { method: 'POST', headers: json, body });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    if (process.platform !== 'darwin') expect(hostname).not.toBe('127.0.0.1');
    await inner.stop();
  });

  it('is told from a tool of a person, which may do all', async () => {
    expect(await enrich({ ...json, host: 'localhost:1' })).toBe(200);
    expect(await balance()).toBe('0x1');
  });
});

it('hides where there are addresses to hide among', () => {
  const found = new Set(Array.from({ length: 100 }, () => hiddenAddress('linux')));
  expect(found.size).toBeGreaterThan(95);
  for (const address of found) expect(address).toMatch(/^127\.\d+\.\d+\.([1-9]\d*)$/);
  expect(hiddenAddress('darwin')).toBe('127.0.0.1');
});
