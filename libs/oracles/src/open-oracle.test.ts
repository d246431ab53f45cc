import type { CallReader, RawLog } from '@undertow/chain';
import type { Address, Feed, Hex } from '@undertow/market';
import { encodeEventTopics, encodeFunctionResult, encodeAbiParameters } from 'viem';
import { answerUpdated, proxyViews } from './chainlink/abi.ts';
import { openOracle } from './index.ts';
import type { ChainlinkDeployment, UniswapV3Deployment } from './index.ts';
import { poolEvents } from './uniswap-v3/abi.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const hash: Hex = `0x${'ab'.repeat(32)}`;
const feedOf = (digit: string, aggregator: Address): Feed => ({
  ...{ id: address(digit), chainId: 1, description: `${digit} / USD`, decimals: 8, aggregator },
});
const rawLog = (from: Address, topics: readonly unknown[], data: Hex): RawLog => ({
  ...{ chainId: 1, address: from, topics: topics as Hex[], data, block: 7 },
  ...{ blockHash: hash, time: 1000, logIndex: 3 },
});
const at = { chainId: 1, block: 9, time: 2000 };

describe('chainlink', () => {
  const aggregator = address('a');
  const deployment: ChainlinkDeployment = {
    adapter: 'chainlink',
    id: 'chainlink@test',
    feeds: [feedOf('1', aggregator), feedOf('2', aggregator)],
  };
  const answer = (current: bigint): RawLog => {
    const topics = encodeEventTopics({ abi: [answerUpdated], args: { current, roundId: 5n } });
    return rawLog(aggregator, topics, encodeAbiParameters([{ type: 'uint256' }], [990n]));
  };
  const readerOf = (current: bigint, round = 5n): CallReader => ({
    calls: async (calls) =>
      calls.map(() =>
        encodeFunctionResult({
          abi: proxyViews,
          functionName: 'latestRoundData',
          result: [(2n << 64n) | round, current, 1n, 990n, round],
        }),
      ),
  });

  test('an answer is a price of every proxy of its aggregator', () => {
    const { facts } = openOracle(deployment).decode(answer(42n));
    expect(facts).toMatchObject([
      { kind: 'PricePosted', feed: address('1'), answer: 42n, round: 5n, updatedAt: 990, part: 0 },
      { kind: 'PricePosted', feed: address('2'), part: 1 },
    ]);
  });

  test('a feed that says a state may say 0: that a sequencer runs is nothing to be quarantined', async () => {
    const [uptime, price] = deployment.feeds;
    const watched = openOracle({ ...deployment, states: [uptime!.id] });
    const snapshot = await watched.snapshot(readerOf(0n), at, []);
    for (const { facts } of [watched.decode(answer(0n)), snapshot])
      expect(facts).toMatchObject([
        { kind: 'PricePosted', feed: uptime!.id, answer: 0n, part: 0 },
        { kind: 'PricePosted', feed: price!.id, answer: 0n, part: 1 },
        { kind: 'Quarantined', part: 2 },
      ]);
  });

  test.each([0n, -1n])(
    'an answer of %s is quarantined, and no feed of its aggregator has a price',
    (current) => {
      const { facts } = openOracle(deployment).decode(answer(current));
      expect(facts).toMatchObject([
        { kind: 'PricePosted', feed: address('1'), answer: current, part: 0 },
        { kind: 'Quarantined', reason: `answer ${current} of 1 / USD is not positive`, part: 1 },
        { kind: 'PricePosted', feed: address('2'), answer: current, part: 2 },
        { kind: 'Quarantined', part: 3 },
      ]);
    },
  );

  test('a feed that reverts is told in a snapshot', async () => {
    const silent: CallReader = { calls: async (calls) => calls.map(() => undefined) };
    const { facts } = await openOracle(deployment).snapshot(silent, at, []);
    expect(facts.map(({ kind, part }) => [kind, part])).toEqual(
      [0, 2].flatMap((part) => [
        ['PricePosted', part],
        ['Quarantined', part + 1],
      ]),
    );
  });

  test('a log cut short is quarantined; another aggregator says nothing', () => {
    const source = openOracle(deployment);
    expect(source.decode({ ...answer(42n), data: '0x' }).facts[0]).toMatchObject({ kind: 'Quarantined' });
    expect(source.decode({ ...answer(42n), address: address('b') }).facts).toEqual([]);
  });

  test('a snapshot counts rounds within the aggregator, as logs do', async () => {
    const { facts } = await openOracle(deployment).snapshot(readerOf(42n), at, []);
    expect(facts).toMatchObject([{ round: 5n, answer: 42n }, { feed: address('2') }]);
  });
});

describe('uniswap-v3', () => {
  const pool = address('c');
  const deployment: UniswapV3Deployment = {
    ...{ adapter: 'uniswap-v3', id: 'uniswap-v3@test', factory: address('d') },
    pools: [
      {
        address: pool,
        chainId: 1,
        token0: address('1'),
        token1: address('2'),
        feePips: 500,
        tickSpacing: 10,
      },
    ],
  };
  const burn = (amount: bigint): RawLog => {
    const args = { owner: address('5'), tickLower: -20, tickUpper: 30 };
    const topics = encodeEventTopics({ abi: [poolEvents.burn], args });
    return rawLog(
      pool,
      topics,
      encodeAbiParameters([{ type: 'uint128' }, { type: 'uint256' }, { type: 'uint256' }], [amount, 1n, 2n]),
    );
  };

  test('a burn takes liquidity off its range, negative ticks included; a burn of nothing says nothing', () => {
    const source = openOracle(deployment);
    const change = { form: 'range', lowerTick: -20, upperTick: 30, liquidityDelta: -7n };
    expect(source.decode(burn(7n)).facts).toMatchObject([{ kind: 'LiquidityChanged', pool, change }]);
    expect(source.decode(burn(0n)).facts).toEqual([]);
  });

  test('a log cut short is quarantined; another pool says nothing', () => {
    const source = openOracle(deployment);
    expect(source.decode({ ...burn(7n), data: '0x' }).facts).toMatchObject([{ kind: 'Quarantined' }]);
    expect(source.decode({ ...burn(7n), address: address('f') }).facts).toEqual([]);
  });

  test('a pool that does not answer is quarantined in a snapshot', async () => {
    const reader: CallReader = { calls: async (calls) => calls.map(() => undefined) };
    const { facts } = await openOracle(deployment).snapshot(reader, at, []);
    expect(facts).toMatchObject([{ kind: 'Quarantined', source: 'uniswap-v3@test' }]);
  });
});
