import { ConfigError, RetryableError } from '@undertow/units';
import type { Address, Hex } from '@undertow/market';
import { openRpc, RangeTooWideError } from './index.ts';
import type { RpcOptions } from './index.ts';
import { FakeChain } from './test-server/fake-chain.ts';
import { startFakeNode } from './test-server/fake-node.ts';
import type { Fault, FakeNode } from './test-server/fake-node.ts';

const WHO = `0x${'aa'.repeat(20)}` as Address;
const TOPIC = `0x${'11'.repeat(32)}` as Hex;
const log = (n: number) => ({
  address: WHO,
  topics: [TOPIC],
  data: `0x${n.toString(16).padStart(64, '0')}` as Hex,
});
const filter = { from: 0, to: 5, addresses: [WHO], topics: [TOPIC] };

let chain: FakeChain;
let nodes: FakeNode[];
let close: (() => void)[];

beforeEach(async () => {
  chain = new FakeChain(7);
  for (let block = 1; block <= 5; block++) chain.mine([log(block), log(block + 100)]);
  nodes = [await startFakeNode(chain), await startFakeNode(chain)];
  close = [];
});

afterEach(async () => {
  for (const end of close) end();
  await Promise.all(nodes.map((node) => node.close()));
});

async function open(options: Partial<RpcOptions> = {}) {
  const rpc = await openRpc({
    urls: nodes.map(({ url }) => url),
    chainId: 7,
    backoffMs: 1,
    retries: 1,
    ...options,
  });
  close.push(() => rpc.close());
  return rpc;
}
const [first, second] = [() => nodes[0] as FakeNode, () => nodes[1] as FakeNode];
const asked = (node: FakeNode, method: string) =>
  node.asked.filter((request) => request.method === method).length;

describe('openRpc', () => {
  it('reads blocks, logs and calls from the first endpoint', async () => {
    const rpc = await open();
    expect((await rpc.getBlock('latest'))?.number).toBe(5);
    expect(await rpc.getBlock(6)).toBeUndefined();
    expect((await rpc.getBlocks([1, 2])).map((header) => header?.time)).toEqual([
      1_700_000_001, 1_700_000_002,
    ]);
    const { logs, headers } = await rpc.getCheckedLogs(filter);
    expect(logs).toHaveLength(10);
    expect(logs[3]).toMatchObject({ chainId: 7, block: 2, logIndex: 1, time: 1_700_000_002, address: WHO });
    expect(headers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(asked(second(), 'eth_getLogs')).toBe(0);
  });

  it('gives undefined for a call that reverts, in the order of the calls, over several batches', async () => {
    first().fault = ({ method, params }) =>
      method === 'eth_call' && (params[0] as { data: Hex }).data.endsWith('3')
        ? { error: { code: 3, message: 'execution reverted: no' } }
        : undefined;
    const rpc = await open({ batchSize: 4 });
    const calls = Array.from({ length: 10 }, (_, i) => ({ to: WHO, data: `0x0${i}` as Hex }));
    const expected = calls.map(({ data }, i) => (i === 3 ? undefined : data));
    expect(await rpc.calls(calls, 'latest')).toEqual(expected);
  });

  it('makes smaller batches for an endpoint that refuses them', async () => {
    first().fault = ({ method }, nth) =>
      method === 'eth_call' && nth <= 8
        ? { status: 400, body: '{"error":{"code":-32600,"message":"batch size is too large"}}' }
        : undefined;
    const rpc = await open();
    const calls = Array.from({ length: 8 }, (_, i) => ({ to: WHO, data: `0x0${i}` as Hex }));
    expect(await rpc.calls(calls, 3)).toEqual(calls.map(({ data }) => data));
    expect(asked(second(), 'eth_call')).toBe(0);
  });

  const anyLog = (change: (log: Record<string, unknown>) => object): Fault => ({
    result: (honest) =>
      (honest as Record<string, unknown>[]).map((item, i) => (i === 4 ? { ...item, ...change(item) } : item)),
  });
  it.each<[string, Fault]>([
    ['an error page', { status: 502, body: '<html>' }],
    ['too many requests', { status: 429, headers: { 'retry-after': '1' } }],
    ['a JSON text that is cut', { cut: 0.7, how: 'end' }],
    ['a connection that drops', { cut: 0.7, how: 'drop' }],
    ['no answer', { hang: true }],
    ['the id of another request', { wrongId: true }],
    ['no list', { result: () => ({}) }],
    ['a log outside the range', anyLog(() => ({ blockNumber: '0x6' }))],
    ['a log of another contract', anyLog(() => ({ address: `0x${'bb'.repeat(20)}` }))],
    ['a log of another topic', anyLog(() => ({ topics: [`0x${'22'.repeat(32)}`] }))],
    ['a log with half a byte', anyLog(() => ({ data: '0x123' }))],
    ['a log that is pending', anyLog(() => ({ blockHash: null, blockNumber: null }))],
    ['a removed log', anyLog(() => ({ removed: true }))],
    ['a log twice', { result: (logs) => [...(logs as object[]), (logs as object[])[9]] }],
    ['logs out of order', { result: (logs) => [...(logs as object[])].reverse() }],
    ['a log with another block hash', anyLog(() => ({ blockHash: `0x${'cc'.repeat(32)}` }))],
    ['a log with another time', anyLog(() => ({ blockTimestamp: '0x1' }))],
  ])('passes from an endpoint that gives %s to the next', async (_name, fault) => {
    const told: string[] = [];
    const rpc = await open({ timeoutMs: 200, onFault: (endpoint, kind) => told.push(`${endpoint} ${kind}`) });
    const honest = await (await open()).getCheckedLogs(filter);
    first().fault = ({ method }) => (method === 'eth_getLogs' ? fault : undefined);
    expect(await rpc.getCheckedLogs(filter)).toEqual(honest);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(first().url);
  });

  it('leaves a faulty endpoint alone until it has cooled down', async () => {
    const rpc = await open({ backoffMs: 60_000 });
    first().fault = () => ({ status: 500 });
    await rpc.getLogs(filter);
    const before = first().asked.length;
    await rpc.getLogs(filter);
    expect(first().asked).toHaveLength(before);
  });

  it('reads again when a reorg comes between logs and headers', async () => {
    const rpc = await open();
    first().fault = ({ method }, nth) =>
      method === 'eth_getLogs' && nth === 1
        ? { result: (logs) => (chain.reorg(3, (block) => [log(block + 500)]), logs) }
        : undefined;
    const { logs, headers } = await rpc.getCheckedLogs(filter);
    expect(headers.at(-1)?.hash).toBe(chain.blocks[5]?.hash);
    expect(logs.filter(({ block }) => block >= 3)).toHaveLength(3);
    expect(asked(first(), 'eth_getLogs')).toBe(2);
  });

  it('asks the next endpoint when one is behind', async () => {
    const rpc = await open();
    first().fault = ({ method }) => (method === 'eth_getBlockByNumber' ? { result: () => null } : undefined);
    expect((await rpc.getCheckedLogs(filter)).logs).toHaveLength(10);
    expect(asked(first(), 'eth_getLogs')).toBe(0);
  });

  it('says which endpoint, what was wrong and what to do when all fail', async () => {
    const rpc = await open();
    for (const node of nodes) node.fault = () => ({ cut: 0.5, how: 'end' });
    const failed = rpc.getLogs(filter);
    await expect(failed).rejects.toBeInstanceOf(RetryableError);
    await expect(failed).rejects.toThrow(first().url);
    await expect(failed).rejects.toThrow(second().url);
    await expect(failed).rejects.toThrow(/cut or invalid JSON.*add or put first one that you trust/);
  });

  it('refuses another chain by both ids, also behind the second URL', async () => {
    second().fault = ({ method }) => (method === 'eth_chainId' ? { result: () => '0x1' } : undefined);
    await expect(open()).rejects.toBeInstanceOf(ConfigError);
    await expect(open()).rejects.toThrow(/serves chain 1, but chain 7 is wanted/);
  });

  it('says so when nothing listens', async () => {
    await expect(open({ urls: ['http://127.0.0.1:1'], retries: 0 })).rejects.toThrow(
      /127\.0\.0\.1:1.*Check that the node is up/,
    );
  });

  it('keeps keys out of its messages', async () => {
    const opened = open({ urls: [`${first().url}/v2/SECRET?key=SECRET`], retries: 0 });
    first().fault = () => ({ status: 401, body: 'no' });
    await expect(opened).rejects.toBeInstanceOf(ConfigError);
    await expect(opened).rejects.not.toThrow(/SECRET/);
  });

  it('tells an archive limit as a matter of set-up', async () => {
    const rpc = await open();
    for (const node of nodes)
      node.fault = () => ({ error: { code: -32000, message: 'missing trie node abc' } });
    await expect(rpc.calls([{ to: WHO, data: '0x' }], 1)).rejects.toBeInstanceOf(ConfigError);
    await expect(rpc.calls([{ to: WHO, data: '0x' }], 1)).rejects.toThrow(/archive endpoint/);
  });

  it('tells a range limit at once, so that the caller can ask for less', async () => {
    const rpc = await open();
    first().fault = () => ({ error: { code: -32005, message: 'query returned more than 10000 results' } });
    await expect(rpc.getLogs(filter)).rejects.toBeInstanceOf(RangeTooWideError);
    expect(asked(first(), 'eth_getLogs')).toBe(1);
  });
});
