import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { startDevnet, type Devnet } from '@undertow/devnet';
import { pino } from 'pino';
import { openFactSource } from '../../apps/api/src/open-fact-source.ts';
import { startApi, type RunningApi } from '../../apps/api/src/start-api.ts';
import { ExchangeMonitor, IndexerModule, type IndexerMessage } from '../../apps/indexer/src/index.ts';
import {
  startExchangeServer,
  type ExchangeServer,
} from '../../libs/exchanges/src/fixtures/exchange-server.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';

// A local chain, exchanges that speak their own protocols, the indexer that watches both, and the API over what it stored.

let devnet: Devnet;
let database: TestDatabase;
let source: Awaited<ReturnType<typeof openFactSource>>;
let api: RunningApi;
let app: INestApplicationContext;
let page: string;
const servers: Record<'kraken' | 'binance' | 'binanceus', ExchangeServer> = {} as never;
/** The chain's clock is years from this machine's: exchanges go by it too. */
let nowMs: number;
const heads: number[] = [];
let onHead = () => {};

beforeAll(async () => {
  [devnet, database, servers.kraken, servers.binance, servers.binanceus] = await Promise.all([
    startDevnet({ seed: 3, accounts: 80 }),
    openTestDatabase(),
    startExchangeServer('kraken'),
    startExchangeServer('binance'),
    startExchangeServer('binance'),
  ]);
  // What is seen now is not what was said at the block before.
  nowMs = (await headTime()) * 1_000 + 1_000;
  page = mkdtempSync(join(tmpdir(), 'undertow-page-'));
  for (const [id, symbols] of Object.entries({
    kraken: ['ETH/USD', 'USDT/USD'],
    binance: ['ETH/USDT'],
    binanceus: ['ETH/USDT'],
  }))
    for (const symbol of symbols)
      servers[id as keyof typeof servers].say(symbol, {
        price: symbol.startsWith('USDT') ? 1 : 3_000,
        volume: 1e9,
      });
  const config = {
    ...{ network: devnet.network, rpcUrls: [devnet.url], databaseUrl: database.connectionString, pollMs: 50 },
    exchanges: {
      watch: Object.entries(servers).map(([id, { urls }]) => ({ id: id as keyof typeof servers, urls })),
      // Looked at by hand.
      ...{ everySeconds: 300, backfillHours: 0, firstLookSeconds: 0 },
    },
  };
  app = await NestFactory.createApplicationContext(
    IndexerModule.forRoot(config, hear, { now: () => nowMs }),
    { logger: false },
  );
  await indexed(await headBlock());
  source = await openFactSource(database.connectionString, devnet.network.chainId);
  api = await startApi({
    ...{
      source,
      pageFolder: page,
      port: 0,
      hosts: [],
      measureSeconds: 0,
      adviseSeconds: 0,
      reportSeconds: 0,
      threads: 1,
      log: pino({ level: 'silent' }),
    },
    network: { chainId: devnet.network.chainId, name: 'devnet', finalityDepth: 64 },
  });
}, 180_000);

afterAll(async () => {
  await app?.close();
  await api?.close();
  await source?.close();
  await Promise.all(Object.values(servers).map((server) => server.stop()));
  await devnet?.stop();
  await database?.close();
  rmSync(page, { recursive: true, force: true });
});

function hear(message: IndexerMessage): void {
  if (message.type !== 'head' && message.type !== 'ready') return;
  heads.push(message.block);
  onHead();
}

async function indexed(block: number): Promise<void> {
  while (!heads.includes(block)) await new Promise<void>((resolve) => (onHead = resolve));
}

const blockAt = () =>
  devnet.rpc<{ number: string; timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
const headBlock = async () => Number((await blockAt()).number);
const headTime = async () => Number((await blockAt()).timestamp);

/** A block so many seconds later, stored and shown. */
async function pass(seconds: number): Promise<number> {
  await devnet.rpc('evm_setNextBlockTimestamp', [(await headTime()) + seconds]);
  await devnet.rpc('evm_mine', []);
  nowMs = (await headTime()) * 1_000;
  const block = await headBlock();
  await indexed(block);
  while (((await ask('{ status { head { block } } }')).status as Status).head.block < block)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return block;
}

interface Status {
  readonly head: { readonly block: number };
}

interface Answer {
  readonly hidden: { readonly accounts: number; readonly debtUsd: number };
  readonly oracles: readonly {
    readonly asset: { readonly symbol: string };
    readonly priceUsd: number;
    readonly marketPriceUsd: number;
    readonly deviation: number;
    readonly market: {
      readonly counted: number;
      readonly sources: readonly {
        readonly name: string;
        readonly kind: string;
        readonly priceUsd: number | null;
        readonly rejected: string | null;
      }[];
    };
  }[];
}

interface Landed {
  readonly asset: Pick<Answer['oracles'][number], 'marketPriceUsd' | 'market'>;
  readonly oracleStakes: Readonly<Record<'now' | 'landed', { readonly accounts: number }>>;
  readonly cascade: {
    readonly moves: readonly {
      readonly asset: { readonly symbol: string };
      readonly oracleMoves: readonly number[];
    }[];
  };
}

async function ask(query: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

/** What the API says of WETH at a block, the newest by default, and whom that hides. */
async function weth(block?: number) {
  const { oracles } = await ask(`{ oracles(block: ${block ?? null}) { hidden { accounts debtUsd }
    oracles { asset { symbol } priceUsd marketPriceUsd deviation
      market { counted sources { name kind priceUsd rejected } } } } }`);
  const { oracles: all, hidden } = oracles as Answer;
  const found = all.find(({ asset }) => asset.symbol === 'WETH')!;
  return { ...found, hidden };
}

/** All say a price now, and the indexer has stored what they said, whichever way it heard. */
async function say(prices: Partial<Record<keyof typeof servers, number>>): Promise<void> {
  const said = new Map<string, number>([['kraken USDT/USD', 0.998]]);
  for (const [id, price] of Object.entries(prices))
    said.set(`${id} ${id === 'kraken' ? 'ETH/USD' : 'ETH/USDT'}`, price);
  for (const [market, price] of said) {
    const [id, symbol = ''] = market.split(' ');
    servers[id as keyof typeof servers].say(symbol, { price, timeMs: nowMs });
  }
  await app.get(ExchangeMonitor).look();
  const isStored = async () => {
    const stored = await source.series.exchangePrices({ time: nowMs / 1_000, withinSeconds: 60 });
    return [...said].every(([market, price]) =>
      stored.some((one) => `${one.exchange} ${one.symbol}` === market && one.price === price),
    );
  };
  while (!(await isStored())) await new Promise((resolve) => setTimeout(resolve, 20));
}

it('prices oracles by pools and exchanges, at every block by what was said then', async () => {
  const before = await headBlock();
  const poolsAlone = await weth(before);
  expect(poolsAlone.market).toMatchObject({ counted: 1, sources: [{ kind: 'pools', rejected: null }] });
  const P = poolsAlone.priceUsd;

  // All say about the same, well below the oracle: the pools are late too, and left out.
  await pass(400);
  await say({ kraken: 0.7 * P, binance: (0.701 * P) / 0.998, binanceus: (0.699 * P) / 0.998 });
  const fallen = await pass(5);
  const low = await weth(fallen);
  expect(
    low.market.sources.map(({ name, kind, rejected }) => [kind === 'pools' ? kind : name, rejected]),
  ).toEqual([
    ['pools', 'outlier'],
    ['binance', null],
    ['binanceus', null],
    ['kraken', null],
  ]);
  expect(low.market.counted).toBe(3);
  expect(low.marketPriceUsd).toBeCloseTo(0.7 * P, 6);
  expect(low.deviation).toBeCloseTo(low.priceUsd / low.marketPriceUsd - 1, 9);
  expect(low.hidden.accounts).toBeGreaterThan(poolsAlone.hidden.accounts);
  // Who asks about the asset, or lets the answers land that are due, is told by the same sources.
  const { asset, oracleStakes, cascade } = (await ask(`{
    asset(symbol: "WETH", block: ${fallen}) { marketPriceUsd market { counted sources { rejected } } }
    oracleStakes(block: ${fallen}) { now { accounts } landed { accounts } }
    cascade(block: ${fallen}, moves: [{ what: "landed:WETH", move: 1 }]) {
      moves { asset { symbol } oracleMoves }
    } }`)) as unknown as Landed;
  expect(asset.marketPriceUsd).toBe(low.marketPriceUsd);
  expect(asset.market).toEqual({
    counted: 3,
    sources: low.market.sources.map(({ rejected }) => ({ rejected })),
  });
  expect(oracleStakes.landed.accounts).toBeGreaterThan(oracleStakes.now.accounts);
  const landed = cascade.moves.find(({ asset: { symbol } }) => symbol === 'WETH')!;
  expect(1 + landed.oracleMoves[0]!).toBeCloseTo(low.marketPriceUsd / low.priceUsd, 9);

  // One of three lies.
  await pass(400);
  await say({ kraken: P, binance: P / 0.998, binanceus: 2 * P });
  const lied = await weth(await pass(5));
  expect(lied.market.sources.find(({ name }) => name === 'binanceus')!.rejected).toBe('outlier');
  expect(lied.marketPriceUsd / P).toBeCloseTo(1, 2);

  // All are silent: after five minutes the pools are asked alone. What USDT is worth is not known any more either.
  const silent = await weth(await pass(400));
  expect(silent.market.sources.map(({ rejected }) => rejected)).toEqual([
    null,
    ...['not_convertible', 'not_convertible'],
    'old',
  ]);
  expect(silent.marketPriceUsd).toBe(poolsAlone.marketPriceUsd);

  // What was said then is what is said of then.
  expect(await weth(fallen)).toEqual(low);
  expect(await weth(before)).toEqual(poolsAlone);
}, 120_000);

it('goes on following the chain while every exchange is away, and people are told', async () => {
  for (const server of Object.values(servers)) {
    server.fail(503);
    server.drop();
  }
  await pass(400);
  await app.get(ExchangeMonitor).look();
  const block = await pass(12);
  const { status, incidents } = await ask(
    '{ status { head { block } } incidents(where: { kind: exchange, resolved: false }) { nodes { message } } }',
  );
  expect((status as Status).head.block).toBe(block);
  const messages = (incidents as { nodes: { message: string }[] }).nodes.map(({ message }) => message);
  for (const id of ['kraken', 'binance', 'binanceus'])
    expect(messages).toContainEqual(
      expect.stringMatching(new RegExp(`^${id} failed while asking for prices`)),
    );
}, 120_000);
