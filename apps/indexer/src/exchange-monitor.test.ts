import { SchedulerRegistry } from '@nestjs/schedule';
import {
  migrate,
  openStore,
  readExchangeMarkets,
  readExchangePricesAt,
  readExchangeSeries,
  readIncidents,
  writeExchangePrices,
  type Store,
} from '@undertow/store';
import {
  startExchangeServer,
  type ExchangeServer,
} from '../../../libs/exchanges/src/fixtures/exchange-server.ts';
import { openTestDatabase, type TestDatabase } from '../../../libs/store/src/fixtures/test-database.ts';
import { ExchangeMonitor } from './exchange-monitor.ts';
import type { ExchangesConfig, IndexerConfig } from './indexer-config.ts';
import type { IndexerMessage } from './indexer-message.ts';

let database: TestDatabase;
let store: Store;
let server: ExchangeServer;
let monitor: ExchangeMonitor;
let told: IndexerMessage[];
let nowMs: number;

/** 00:00 UTC of a day. */
const T0 = 1_800_057_600;
const CHAIN = 7;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
});
afterAll(async () => {
  await store?.close();
  await database?.close();
});
beforeEach(async () => {
  await store.pool.query(
    'TRUNCATE exchange_market, exchange_price, exchange_hour_kept, exchange_day_kept, incident',
  );
  server = await startExchangeServer('binance');
  nowMs = T0 * 1_000;
  say('ETH/USDT', 2_000);
  say('USDC/USDT', 1.001);
});
afterEach(async () => {
  await monitor?.onApplicationShutdown();
  await server?.stop();
});

/** An hour passes in no time: what is measured is the clock that the monitor is given. */
const pass = (seconds: number) => (nowMs += seconds * 1_000);
const say = (symbol: string, price: number, clockSeconds = 0) =>
  server.say(symbol, { price, timeMs: nowMs + clockSeconds * 1_000 });

function watch(more: Partial<ExchangesConfig> = {}): ExchangeMonitor {
  told = [];
  const exchanges = {
    ...{
      watch: [{ id: 'binance' as const, urls: server.urls }],
      everySeconds: 60,
      backfillHours: 0,
      firstLookSeconds: 0,
    },
    codes: [
      { code: 'ETH', asset: 'WETH' },
      { code: 'USDC', asset: 'USDC' },
    ],
    ...more,
  };
  const config = {
    network: { chainId: CHAIN },
    databaseUrl: database.connectionString,
    exchanges,
  } as unknown as IndexerConfig & { readonly exchanges: ExchangesConfig };
  monitor = new ExchangeMonitor(config, {
    tell: (message) => told.push(message),
    scheduler: new SchedulerRegistry(),
    now: () => nowMs,
  });
  return monitor;
}

const prices = async (symbol = 'ETH/USDT') => {
  const wanted = { exchange: 'binance', symbol, from: T0 - 86_400, to: T0 + 86_400, step: 'minute' as const };
  return (await readExchangeSeries(store, wanted)).points.map(({ close }) => close);
};
const incidents = async () =>
  (await readIncidents(store, 9)).map(({ kind, message, resolved, chainId }) => {
    expect([kind, chainId]).toEqual(['exchange', CHAIN]);
    return [resolved, message];
  });
/** By the test's own time limit. */
const until = async (holds: () => Promise<boolean>) => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};

it('keeps a price a minute of every market, and each that moves at once', async () => {
  await watch().look();
  expect(await readExchangeMarkets(store)).toEqual([
    { exchange: 'binance', symbol: 'ETH/USDT', base: 'ETH', quote: 'USDT', asset: 'WETH' },
    { exchange: 'binance', symbol: 'USDC/USDT', base: 'USDC', quote: 'USDT', asset: 'USDC' },
  ]);
  expect([await prices(), await prices('USDC/USDT')]).toEqual([[2_000], [1.001]]);
  await server.listened('ETH/USDT');
  pass(20);
  say('ETH/USDT', 1_900);
  await until(async () => (await readExchangePricesAt(store, at())).some(({ price }) => price === 1_900));
  const [eth] = await readExchangePricesAt(store, at());
  expect(eth).toMatchObject({ time: T0 + 20, exchangeTime: T0 + 20, volume: 1_900_000, isCandle: false });
  // The quiet one is asked for after a minute.
  pass(45);
  server.say('USDC/USDT', { timeMs: nowMs });
  await monitor.look();
  expect(await prices('USDC/USDT')).toEqual([1.001, 1.001]);
  expect(await incidents()).toEqual([]);
});

const at = () => ({ time: nowMs / 1_000, withinSeconds: 3_600 });

it('fills from candles what was missed before it started and while the exchange was away', async () => {
  const minutes = (from: number, count: number) =>
    Array.from({ length: count }, (_, row) => [from + row * 60, 1_000 + row] as const);
  server.setCandles('ETH/USDT', minutes(T0 - 600, 11));
  const stored = { exchange: 'binance', symbol: 'ETH/USDT', volume: undefined, exchangeTime: undefined };
  await writeExchangePrices(store, [{ ...stored, time: T0 - 300, price: 999, isCandle: false }]);
  await watch({ backfillHours: 1 }).look();
  // From what is stored on, and not the minute that is under way.
  expect(await prices()).toEqual([999, 1_005, 1_006, 1_007, 1_008, 2_000]);
  server.fail(503);
  pass(600);
  await monitor.look();
  server.fail(undefined);
  server.setCandles('ETH/USDT', minutes(T0, 30));
  say('ETH/USDT', 2_100);
  await monitor.look();
  expect((await prices()).slice(5)).toEqual([2_000, ...minutes(T0, 9).map(([, close]) => close), 2_100]);
});

it('notes an exchange that is away as one incident, until it is back', async () => {
  server.fail(503);
  await watch().look();
  await monitor.look();
  expect(await incidents()).toEqual([
    [false, expect.stringMatching(/^binance failed while asking what it lists: .*tried again by itself\.$/)],
  ]);
  expect(told).toContainEqual(
    expect.objectContaining({ type: 'error', name: 'ExchangeError', fatal: false }),
  );
  server.fail(undefined);
  await monitor.look();
  expect((await incidents()).map(([resolved]) => resolved)).toEqual([true]);
  expect(await prices()).toEqual([2_000]);
});

it('notes a market that says nothing new any more, a clock that is off and prices that cannot be', async () => {
  await watch().look();
  for (let minute = 0; minute < 6; minute++) {
    pass(60);
    // The same ticker again and again: nobody trades, or the exchange is stuck.
    say('USDC/USDT', 1.001);
    await monitor.look();
  }
  expect(await incidents()).toEqual([
    [false, expect.stringMatching(/^binance has said nothing new of ETH\/USDT for five minutes/)],
  ]);
  expect(await prices()).toEqual([2_000]);
  pass(60);
  for (const symbol of ['ETH/USDT', 'USDC/USDT']) say(symbol, symbol === 'ETH/USDT' ? 2_001 : 1, 3_600);
  await monitor.look();
  expect(await incidents()).toEqual([
    [false, expect.stringMatching(/^The clock of binance and that of this machine are more than 30 s apart/)],
    [true, expect.stringContaining('nothing new')],
  ]);
  // Our clock is the price's.
  expect((await readExchangePricesAt(store, at()))[0]).toMatchObject({
    ...{ time: T0 + 420, exchangeTime: T0 + 420 + 3_600, price: 2_001 },
  });
  pass(61);
  say('ETH/USDT', 0, 3_600);
  await monitor.look();
  expect((await incidents())[0]).toEqual([
    false,
    expect.stringMatching(/^binance says prices that cannot be/),
  ]);
  expect(await prices()).toEqual([2_000, 2_001]);
});

it('goes on with the others when a market is closed', async () => {
  await watch().look();
  pass(120);
  server.delist('USDC/USDT');
  say('ETH/USDT', 2_010);
  await monitor.look();
  pass(61);
  say('ETH/USDT', 2_020);
  await monitor.look();
  expect((await prices()).at(-1)).toBe(2_020);
  expect((await incidents()).filter(([resolved]) => !resolved)).toEqual([]);
});

it('leaves an exchange to the process that watches it, and takes over when that ends', async () => {
  const first = watch();
  await first.look();
  const second = watch();
  pass(61);
  say('ETH/USDT', 2_001);
  const asked = server.requests.length;
  await second.look();
  expect([server.requests.length, told]).toEqual([asked, []]);
  await first.onApplicationShutdown();
  await second.look();
  expect((await prices()).at(-1)).toBe(2_001);
  expect(await incidents()).toEqual([]);
});

it('says which coin that somebody asked for no exchange lists', async () => {
  const codes = [
    { code: 'ETH', asset: 'WETH' },
    { code: 'XYZ', asset: 'XYZ', isAsked: true },
    { code: 'LINK', asset: 'LINK' },
  ];
  await watch({ codes }).look();
  expect(await incidents()).toEqual([
    [false, expect.stringMatching(/^Of XYZ no exchange that is watched \(binance\) lists a market/)],
  ]);
});

it('is not held up by one exchange that is away, nor by a database that is', async () => {
  const kraken = await startExchangeServer('kraken');
  kraken.say('ETH/USD', { price: 2_002, timeMs: nowMs });
  server.fail(500);
  const both = [
    { id: 'binance' as const, urls: server.urls },
    { id: 'kraken' as const, urls: kraken.urls },
  ];
  await watch({ watch: both }).look();
  expect((await readExchangePricesAt(store, at())).map(({ exchange, price }) => [exchange, price])).toEqual([
    ['kraken', 2_002],
  ]);
  await monitor.onApplicationShutdown();
  monitor = new ExchangeMonitor(
    {
      ...{ network: { chainId: CHAIN }, databaseUrl: 'postgres://127.0.0.1:1/none' },
      exchanges: { watch: both, everySeconds: 60, backfillHours: 0, firstLookSeconds: 0 },
    } as unknown as IndexerConfig & { readonly exchanges: ExchangesConfig },
    { tell: (message) => told.push(message), scheduler: new SchedulerRegistry(), now: () => nowMs },
  );
  await monitor.look();
  expect(told.at(-1)).toMatchObject({
    fatal: false,
    message: expect.stringMatching(/^While watching exchanges/),
  });
  await kraken.stop();
});
