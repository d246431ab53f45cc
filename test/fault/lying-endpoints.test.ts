import fc from 'fast-check';
import { encodeAbiParameters, encodeEventTopics, parseAbiItem } from 'viem';
import type { Address, Hex } from '@undertow/market';
import { openStore, readIncidents } from '@undertow/store';
import { ConfigError } from '@undertow/units';
import type { WatchedNetwork } from '../../apps/indexer/src/indexer-config.ts';
import { FakeChain } from '../../libs/chain/src/test-server/fake-chain.ts';
import { startFakeNode } from '../../libs/chain/src/test-server/fake-node.ts';
import type { Fault, FakeNode, FakeRequest } from '../../libs/chain/src/test-server/fake-node.ts';
import { openTestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import type { TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { addDatabase, indexFromScratch, indexToHead, readIndexed } from './index-from-scratch.ts';

const AGGREGATOR = `0x${'a1'.repeat(20)}` as Address;
const answerUpdated = parseAbiItem(
  'event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)',
);

const network: WatchedNetwork = {
  chainId: 77,
  name: 'fake',
  finalityDepth: 10,
  bootstrap: 'logs',
  startBlock: 0,
  deployments: [
    {
      adapter: 'chainlink',
      id: 'chainlink@fake',
      feeds: [
        {
          id: `0x${'b1'.repeat(20)}`,
          chainId: 77,
          description: 'X / USD',
          decimals: 8,
          aggregator: AGGREGATOR,
        },
      ],
    },
  ],
};

const answer = (round: number) => ({
  address: AGGREGATOR,
  topics: encodeEventTopics({
    abi: [answerUpdated],
    args: { current: BigInt(round * 7), roundId: BigInt(round) },
  }) as Hex[],
  data: encodeAbiParameters([{ type: 'uint256' }], [BigInt(1_700_000_000 + round)]),
});
const answers = (block: number, salt = 0) =>
  block % 3 === 0 ? [] : [answer(1_000 * salt + block), answer(1_000 * salt + block + 500)];

let database: TestDatabase;
let chain: FakeChain;
let nodes: FakeNode[];

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  chain = new FakeChain(77);
  for (let block = 1; block <= 60; block++) chain.mine(answers(block));
  nodes = [await startFakeNode(chain), await startFakeNode(chain)];
});
afterEach(() => Promise.all(nodes.map((node) => node.close())));

async function job() {
  return {
    network,
    rpcUrls: nodes.map(({ url }) => url),
    databaseUrl: await addDatabase(database.connectionString),
  };
}

const wrong = (change: (log: Record<string, unknown>) => object) => (honest: unknown) =>
  Array.isArray(honest)
    ? honest.map((log: Record<string, unknown>) => ({ ...log, ...change(log) }))
    : { ...(honest as object), hash: '0x12' };
const FAULTS: readonly Fault[] = [
  { status: 503 },
  { status: 429 },
  { cut: 0.6, how: 'end' },
  { cut: 0.6, how: 'drop' },
  { wrongId: true },
  { error: { code: -32005, message: 'query returned more than 10000 results' } },
  { error: { code: -32000, message: 'header not found' } },
  { result: wrong(() => ({ blockHash: `0x${'9'.repeat(64)}` })) },
  { result: wrong(() => ({ address: `0x${'9'.repeat(40)}` })) },
  { result: wrong(({ logIndex }) => ({ logIndex, data: '0x1' })) },
  { result: () => null },
];

describe('an indexer with lying endpoints', () => {
  it('ends with what a clean index says, whatever they did on the way', async () => {
    // Each number says what becomes of one request: most are answered honestly, and no run of faults is endless.
    const plans = fc.array(fc.integer({ min: 0, max: FAULTS.length * 3 }), { minLength: 5, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(plans, plans, async (first, second) => {
        const target = await job();
        const plan = [[...first], [...second]];
        nodes.forEach((node, i) => {
          node.fault = ({ method }: FakeRequest) =>
            method === 'eth_chainId' ? undefined : FAULTS[plan[i]?.shift() ?? -1];
        });
        await indexToHead(target);
        for (const node of nodes) node.fault = () => undefined;
        // The plans may have left the last answers honest but old.
        await indexToHead(target);
        expect(await readIndexed(target.databaseUrl, 77)).toEqual(await indexFromScratch(target));
      }),
      { numRuns: 5 },
    );
  });

  it('reads again what a reorg changed between two answers', async () => {
    const target = await job();
    let reorgs = 0;
    for (const node of nodes) {
      node.fault = ({ method }, nth) => {
        if (method !== 'eth_getLogs' || nth % 2 !== 1 || reorgs === 4) return undefined;
        const salt = ++reorgs;
        return { result: (logs) => (chain.reorg(3 + salt, (block) => answers(block, salt)), logs) };
      };
    }
    await indexToHead(target);
    expect(reorgs).toBeGreaterThan(0);
    for (const node of nodes) node.fault = () => undefined;
    await indexToHead(target);
    expect(await readIndexed(target.databaseUrl, 77)).toEqual(await indexFromScratch(target));
  });

  it('stops at another chain without deleting anything', async () => {
    const target = await job();
    await indexToHead(target);
    const before = await readIndexed(target.databaseUrl, 77);
    chain.blocks = [];
    for (let block = 0; block <= 80; block++) chain.mine(answers(block, 3), 'other');
    const stopped = indexToHead(target);
    await expect(stopped).rejects.toBeInstanceOf(ConfigError);
    await expect(stopped).rejects.toThrow(/holds facts of another chain.*Nothing was deleted/);
    expect(await readIndexed(target.databaseUrl, 77)).toEqual({ ...before, trusted: false });
  });

  it('notices a reorg beyond finality that came while it was down, and trusts again when all is read anew', async () => {
    const target = await job();
    await indexToHead(target);
    chain.reorg(40, (block) => answers(block, 9));
    chain.mine(answers(61));
    const told: string[] = [];
    await indexToHead(target, (message) =>
      told.push(message.type === 'head' && message.reorg ? `back to ${message.block}` : message.type),
    );
    expect(told.slice(0, 2)).toEqual(['error', 'back to 20']);
    expect(await readIndexed(target.databaseUrl, 77)).toEqual(await indexFromScratch(target));
    const store = await openStore(target.databaseUrl);
    const incidents = await readIncidents(store, 5);
    await store.close();
    expect(incidents).toMatchObject([{ kind: 'deep-reorg', resolved: true }]);
    expect(incidents[0]?.message).toMatch(/40 blocks down to block 20/);
  });
});
