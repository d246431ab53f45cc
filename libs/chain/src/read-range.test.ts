import type { Address, Fact, Hex, PricePosted } from '@undertow/market';
import { factKey, openRpc, readRange, readRanges } from './index.ts';
import type { LogSource, RangeResult, Rpc } from './index.ts';
import { FakeChain } from './test-server/fake-chain.ts';
import { startFakeNode } from './test-server/fake-node.ts';
import type { FakeNode } from './test-server/fake-node.ts';

const SAID = `0x${'11'.repeat(32)}` as Hex;
const ANNOUNCED = `0x${'22'.repeat(32)}` as Hex;
const HOME = address(0xff);

function address(n: number): Address {
  return `0x${n.toString(16).padStart(40, '0')}`;
}
const word = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as Hex;
const said = (who: Address, n: number) => ({ address: who, topics: [SAID], data: word(n) });
const announced = (n: number) => ({ address: HOME, topics: [ANNOUNCED], data: word(n) });

/** Every SAID log is a price; an ANNOUNCED one adds the contract that it names. */
function source(): LogSource & { readonly seen: string[] } {
  const known = [HOME];
  const seen: string[] = [];
  return {
    id: 'test',
    seen,
    topics: [SAID, ANNOUNCED],
    addresses: () => known,
    decode(log) {
      seen.push(`${log.block}/${log.logIndex}`);
      if (log.topics[0] === SAID) return { facts: [price(log.address, BigInt(log.data), factKey(log, 0))] };
      const found = address(Number(log.data));
      if (known.includes(found)) return { facts: [] };
      known.push(found);
      return { facts: [], discovered: [found] };
    },
    enrich: (facts, _reader, block) =>
      Promise.resolve({
        facts: facts.slice(0, 1).map((fact) => ({ ...fact, part: 9, round: BigInt(block) }) as Fact),
        reference: {},
      }),
    snapshot: () => Promise.resolve({ facts: [], reference: {} }),
  };
}

function price(feed: Address, answer: bigint, key: ReturnType<typeof factKey>): PricePosted {
  return { ...key, kind: 'PricePosted', feed, answer, round: 0n, updatedAt: key.time };
}

const answers = (facts: readonly Fact[]) =>
  facts.flatMap((fact) =>
    fact.kind === 'PricePosted' && fact.part === 0
      ? [`${fact.block}:${fact.feed.slice(-2)}=${fact.answer}`]
      : [],
  );
const positions = (facts: readonly Fact[]) => facts.map((fact) => [fact.block, fact.logIndex, fact.part]);

let chain: FakeChain;
let node: FakeNode;
let rpc: Rpc;

beforeEach(async () => {
  chain = new FakeChain(7);
  node = await startFakeNode(chain);
  rpc = await openRpc({ urls: [node.url], chainId: 7, backoffMs: 1, retries: 1 });
});
afterEach(async () => {
  rpc.close();
  await node.close();
});

const logQueries = () => node.asked.filter(({ method }) => method === 'eth_getLogs');

async function all(
  sources: readonly LogSource[],
  options: { targetLogs?: number; everyHeaderFrom?: number } = {},
) {
  const results: RangeResult[] = [];
  for await (const result of readRanges(rpc, sources, { from: 0, to: chain.head, ...options }))
    results.push(result);
  return results;
}

describe('readRange', () => {
  it('gives the facts in order, the headers, and what enrich adds', async () => {
    chain.mine([said(HOME, 1), said(address(5), 2), said(HOME, 3)]);
    chain.mine([]);
    const result = await readRange(rpc, [source()], { from: 0, to: 2 });
    expect(answers(result.facts)).toEqual(['1:ff=1', '1:ff=3']);
    expect(positions(result.facts)).toEqual([
      [1, 0, 0],
      [1, 0, 9],
      [1, 2, 0],
    ]);
    expect(result.blocks.map(({ number }) => number)).toEqual([1, 2]);
    expect(result.facts[1]).toMatchObject({ round: 2n });
  });

  it('reads contracts from the block that announces them on, in one ordered stream', async () => {
    chain.mine([said(address(1), 10)]);
    chain.mine([said(address(1), 20), announced(1), said(address(1), 21), said(HOME, 22)]);
    chain.mine([said(address(1), 30), said(HOME, 31), announced(2), said(address(2), 32)]);
    const one = source();
    const result = await readRange(rpc, [one], { from: 0, to: 3 });
    expect(answers(result.facts)).toEqual(['2:01=20', '2:01=21', '2:ff=22', '3:01=30', '3:ff=31', '3:02=32']);
    expect(one.seen).toEqual(['2/1', '2/0', '2/2', '2/3', '3/0', '3/1', '3/2', '3/3']);
    expect(logQueries()).toHaveLength(3);
  });

  it('gives every source what it wants, and only that', async () => {
    chain.mine([said(HOME, 1), announced(3)]);
    const [one, prices] = [source(), { ...source(), topics: [SAID] }];
    await readRange(rpc, [one, prices], { from: 0, to: 1 });
    expect([one.seen, prices.seen]).toEqual([['1/0', '1/1'], ['1/0']]);
    expect(logQueries()).toHaveLength(1 + 1);
  });

  it('splits by blocks, then by contracts, what an endpoint finds too wide', async () => {
    for (let block = 1; block <= 6; block++) chain.mine([said(HOME, block), said(address(1), block)]);
    const both: LogSource = { ...source(), addresses: () => [HOME, address(1)] };
    const whole = await readRange(rpc, [both], { from: 0, to: 6 });
    node.fault = ({ method, params }) => {
      if (method !== 'eth_getLogs' || (chain.answer(method, params) as unknown[]).length <= 1)
        return undefined;
      return { error: { code: -32005, message: 'query returned more than 1 results' } };
    };
    const split = await readRange(rpc, [both], { from: 0, to: 6 });
    expect(split.facts).toEqual(whole.facts);
    expect(split.blocks).toEqual(expect.arrayContaining([...whole.blocks]));
  });
});

describe('readRanges', () => {
  it('covers every block once, whatever the width, and sees what readRange sees', async () => {
    for (let block = 1; block <= 60; block++) {
      chain.mine([
        ...(block % 20 === 7 ? [announced(block)] : []),
        said(address(7), block),
        said(HOME, block),
        said(address(27), block),
      ]);
    }
    const whole = answers((await readRange(rpc, [source()], { from: 0, to: 60 })).facts);
    for (const targetLogs of [1, 7, 1000]) {
      const results = await all([source()], { targetLogs });
      expect(results.flatMap(({ facts }) => answers(facts))).toEqual(whole);
      expect(results.map(({ from }) => from)).toEqual([0, ...results.slice(0, -1).map(({ to }) => to + 1)]);
    }
  });

  it('asks for little where blocks become full all at once, and for much where they are empty', async () => {
    const count = (block: number) => (block < 50 ? Number(block % 10 === 0) : block < 60 ? 20 : 0);
    for (let block = 1; block < 80; block++)
      chain.mine(Array.from({ length: count(block) }, (_none, i) => said(HOME, 100 * block + i)));
    chain.fullness = ({ logs }) => logs.length / 100;
    const results = await all([source()], { targetLogs: 50 });
    expect(results.flatMap(({ facts }) => answers(facts))).toHaveLength(4 + 200);
    expect(results.map(({ from }) => from)).toEqual([0, ...results.slice(0, -1).map(({ to }) => to + 1)]);
    expect(Math.max(...results.map(({ logs }) => logs))).toBeLessThanOrEqual(50);
    expect(results.length).toBeLessThan(20);
    expect(results.at(-1)).toMatchObject({ to: 79 });
  });

  it.each([
    ['lies that blocks are empty', { result: () => ({ gasUsedRatio: Array.from({ length: 41 }, () => 0) }) }],
    ['gives too few', { result: () => ({ gasUsedRatio: [0.5] }) }],
    [
      'gives what is no number',
      { result: () => ({ gasUsedRatio: Array.from({ length: 41 }, () => 'full') }) },
    ],
    ['does not know the method', { error: { code: -32601, message: 'the method does not exist' } }],
    ['fails', { status: 500 }],
  ])('reads all the same when an endpoint asked how full blocks are %s', async (_name, fault) => {
    for (let block = 1; block <= 40; block++) chain.mine([said(HOME, block)]);
    node.fault = ({ method }) => (method === 'eth_feeHistory' ? fault : undefined);
    const results = await all([source()]);
    expect(results.flatMap(({ facts }) => answers(facts))).toHaveLength(40);
  });

  it('narrows after a refusal and goes on', async () => {
    for (let block = 1; block <= 40; block++) chain.mine([said(HOME, block)]);
    node.fault = ({ method, params }) => {
      const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock: string; toBlock: string };
      const wide = method === 'eth_getLogs' && Number(toBlock) - Number(fromBlock) >= 3;
      return wide ? { error: { code: -32000, message: 'exceed maximum block range: 3' } } : undefined;
    };
    const results = await all([source()]);
    expect(results.flatMap(({ facts }) => answers(facts))).toHaveLength(40);
    const widths = results.map(({ from, to }) => to - from + 1);
    // Two are asked for before anything is known; later ones probe a little beyond what was refused.
    expect(Math.max(...widths.slice(2))).toBeLessThanOrEqual(4);
    expect(logQueries().length).toBeLessThan(60);
  });

  it('fetches every header from where it is told to', async () => {
    for (let block = 1; block <= 20; block++) chain.mine(block === 3 ? [said(HOME, 3)] : []);
    const blocks = (await all([source()], { everyHeaderFrom: 15 })).flatMap(({ blocks }) =>
      blocks.map(({ number }) => number),
    );
    expect(blocks).toEqual([3, 7, 15, 16, 17, 18, 19, 20]);
  });

  it('fails with a RetryableError when two answers of one range are of different forks', async () => {
    chain.mine([]);
    chain.mine([announced(1), said(address(1), 1)]);
    chain.mine([]);
    node.fault = ({ method }, nth) =>
      method === 'eth_getLogs' && nth === 2
        ? {
            result: () => (
              chain.reorg(2, () => [said(address(1), 5)]),
              chain.answer('eth_getLogs', logQueries()[1]?.params ?? [])
            ),
          }
        : undefined;
    await expect(readRange(rpc, [source()], { from: 0, to: 3 })).rejects.toThrow(
      /changed while its range was read/,
    );
  });
});
