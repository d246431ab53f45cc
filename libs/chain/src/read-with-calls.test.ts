import { SNAPSHOT_LOG_INDEX, type Address, type Hex } from '@undertow/market';
import { factKey, factsOfCalls, openRpc, readRanges, periodStart } from './index.ts';
import type { BlockCalls, LogSource, RangeResult, Rpc } from './index.ts';
import { FakeChain } from './test-server/fake-chain.ts';
import { startFakeNode, type FakeNode } from './test-server/fake-node.ts';

const ANNOUNCED = `0x${'22'.repeat(32)}` as Hex;
const HOME = address(0xff);

function address(n: number): Address {
  return `0x${n.toString(16).padStart(40, '0')}`;
}
const announced = (where: Address, n: number) => ({
  ...{ address: where, topics: [ANNOUNCED] },
  data: `0x${n.toString(16).padStart(64, '0')}` as Hex,
});

/** Contracts that announce others, and how many are known by then. */
function source(): LogSource & { readonly known: readonly Address[] } {
  const known = [HOME];
  return {
    ...{ id: 'test', known, topics: [ANNOUNCED], addresses: () => known },
    decode(log) {
      const found = address(Number(log.data));
      const facts = [
        { ...factKey(log, 0), kind: 'RatioPosted', asset: found, of: HOME, ratioWad: 0n } as const,
      ];
      if (known.includes(found)) return { facts };
      known.push(found);
      return { facts, discovered: [found] };
    },
    enrich: async () => ({ facts: [], reference: {} }),
    snapshot: async () => ({ facts: [], reference: {} }),
  };
}

/** Calls at every so many blocks, which say how much the source knew by then. */
function calls({ known }: { readonly known: readonly Address[] }, every: number): BlockCalls {
  return {
    blocksIn: (from, to) =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((block) => block % every === 0),
    callAt: async ({ number: block, time }) => ({
      reference: [],
      facts: factsOfCalls({ chainId: 7, block, time }, [
        { kind: 'RatioPosted', asset: HOME, of: HOME, ratioWad: BigInt(known.length) },
      ]),
    }),
  };
}

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

async function factsOf(
  every: number,
  options: { readonly targetLogs?: number; readonly maxBlocks?: number },
) {
  const one = source();
  const results: RangeResult[] = [];
  const wanted = { from: 0, to: chain.head, calls: calls(one, every), ...options };
  for await (const result of readRanges(rpc, [one], wanted)) results.push(result);
  return results.flatMap(({ facts }) => facts);
}

it.each([1, 3])(
  'calls know what logs said up to their block, however wide the ranges are: every %i',
  async (every) => {
    for (let block = 1; block <= 40; block++) {
      // Each contract announces the next one, which goes on in the same range.
      chain.mine(block % 4 === 0 ? [announced(block === 4 ? HOME : address(block / 4 - 1), block / 4)] : []);
    }
    const narrow = await factsOf(every, { maxBlocks: 1 });
    expect(await factsOf(every, { maxBlocks: 7, targetLogs: 2 })).toEqual(narrow);
    expect(await factsOf(every, {})).toEqual(narrow);
    const said = narrow.flatMap((fact) =>
      fact.kind === 'RatioPosted' && fact.logIndex === SNAPSHOT_LOG_INDEX
        ? [[fact.block, Number(fact.ratioWad)]]
        : [],
    );
    const due = Array.from({ length: 41 }, (_, block) => block).filter((block) => block % every === 0);
    expect(said).toEqual(due.map((block) => [block, 1 + Math.floor(block / 4)]));
    expect(narrow.filter(({ logIndex }) => logIndex !== SNAPSHOT_LOG_INDEX)).toHaveLength(10);
  },
);

it('tells whether the state of a block is kept: one that an endpoint does not have is not gone', async () => {
  for (let block = 1; block <= 9; block++) chain.mine([]);
  expect(await rpc.hasState(3)).toBe(true);
  const failing = (message: string) => {
    node.fault = ({ method }) => (method === 'eth_call' ? { error: { code: -32_602, message } } : undefined);
  };
  failing('missing trie node 00ff (path )');
  expect(await rpc.hasState(3)).toBe(false);
  failing('BlockOutOfRangeError: block height is 9 but requested was 3');
  expect(await rpc.hasState(3)).toBe(false);
  failing('BlockOutOfRangeError: block height is 9 but requested was 12');
  await expect(rpc.hasState(12)).rejects.toThrow(/may be behind/);
});

it('periods begin at the same blocks for all', () => {
  expect([0, 49, 50, 99, 100].map((block) => periodStart(block, 1))).toEqual([0, 0, 50, 50, 100]);
  expect([0, 149, 150, 299].map((block) => periodStart(block, 3))).toEqual([0, 0, 150, 150]);
});
