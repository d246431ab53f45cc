import { RetryableError } from '@undertow/units';
import { startExchangeServer, type ExchangeServer } from './fixtures/exchange-server.ts';
import { openExchange, type Exchange } from './open-exchange.ts';
import { KNOWN_EXCHANGES } from './known-exchanges.ts';
import { loadClient } from './load-client.ts';
import type { PriceObservation } from './price-gate.ts';

const T0 = 1_800_000_000_000;
const patience = { firstPauseMs: 1, longestPauseMs: 5 };
const CODES = [
  { code: 'ETH', asset: 'WETH' },
  { code: 'USDT', asset: 'USDT' },
  { code: 'XYZ', asset: 'XYZ' },
];

let server: ExchangeServer;
let exchange: Exchange;
let nowMs: number;

const open = async (id: 'kraken' | 'binance' | 'coinbaseexchange') => {
  server = await startExchangeServer(id);
  nowMs = T0;
  exchange = openExchange({ id, codes: CODES, now: () => nowMs, urls: server.urls, patience });
};

/** What no exchange would say, in the words of each. */
const NONSENSE: readonly (string | Buffer)[] = [
  ...['not json', '', '[]', 'null', '{}', '1', '"x"', '[1,2]', Buffer.from([0, 255, 1])],
  ...['{"channel":"ticker"}', '{"channel":"ticker","data":null}', '{"channel":"ticker","data":[{}]}'],
  ...['{"channel":"ticker","data":[{"symbol":"ETH/USD"}]}', '{"error":"x","method":"subscribe"}'],
  ...[
    '{"e":"24hrMiniTicker"}',
    '{"e":"24hrMiniTicker","s":"NONE","c":"x"}',
    '{"error":{"code":1,"msg":"x"}}',
  ],
  ...['{"type":"ticker"}', '{"type":"ticker","product_id":"ETH-USD","price":"abc","time":"yesterday"}'],
  '{"type":"error","message":"no","reason":"x"}',
];

/** What comes by websocket, one list after the other. */
function hearing() {
  const heard: PriceObservation[] = [];
  const troubles: RetryableError[] = [];
  let wake = () => {};
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return {
    heard,
    troubles,
    until,
    hear: {
      prices: (prices: readonly PriceObservation[]) => (heard.push(...prices), wake()),
      trouble: (error: RetryableError) => (troubles.push(error), wake()),
    },
  };
}

afterEach(async () => {
  await exchange?.close();
  await server?.stop();
});

describe.each(['kraken', 'binance', 'coinbaseexchange'] as const)('%s', (id) => {
  beforeEach(async () => {
    await open(id);
    server.say('ETH/USD', { price: 2_000, volume: 10, timeMs: T0 - 100 });
    server.say('ETH/USDT', { price: 2_001, timeMs: T0 - 100 });
    server.say('USDT/USD', { price: 0.999, timeMs: T0 - 100 });
  });

  it('says what it lists, and gives prices by REST with its clock and ours', async () => {
    const markets = await exchange.load();
    expect(markets).toEqual([
      { code: 'ETH', asset: 'WETH', quote: 'USD', symbol: 'ETH/USD' },
      { code: 'USDT', asset: 'USDT', quote: 'USD', symbol: 'USDT/USD' },
    ]);
    expect(exchange.unlisted).toEqual([{ code: 'XYZ', asset: 'XYZ' }]);
    const [eth] = await exchange.poll(['ETH/USD']);
    expect(eth).toEqual({
      ...{ exchange: id, symbol: 'ETH/USD', time: T0 / 1_000, price: 2_000, volume: 20_000 },
      // Kraken gives no time with a ticker.
      ...{ exchangeTime: id === 'kraken' ? undefined : (T0 - 100) / 1_000, isCandle: false },
    });
    expect(await exchange.poll([])).toEqual([]);
  });

  it('gives prices by websocket, and again after the connection broke', async () => {
    await exchange.load();
    const { heard, troubles, until, hear } = hearing();
    const following = exchange.follow(hear);
    await server.listened('ETH/USD');
    nowMs += 1_000;
    server.say('ETH/USD', { price: 2_010, timeMs: nowMs });
    await until(() => heard.some(({ price }) => price === 2_010));
    nowMs += 1_000;
    server.drop();
    await until(() => troubles.length > 0);
    expect(troubles[0]).toBeInstanceOf(RetryableError);
    expect(troubles[0]!.message).toMatch(new RegExp(`^${id} failed while listening: `));
    await server.listened('ETH/USD');
    nowMs += 1_000;
    server.say('ETH/USD', { price: 2_020, timeMs: nowMs });
    await until(() => heard.some(({ price }) => price === 2_020));
    expect(heard.find(({ price }) => price === 2_020)!.time).toBe(nowMs / 1_000);
    await exchange.close();
    await following;
  });

  it('waits while the exchange refuses connections, and goes on when it takes them again', async () => {
    await exchange.load();
    const { heard, troubles, until, hear } = hearing();
    server.fail(503);
    void exchange.follow(hear);
    await until(() => troubles.length > 2);
    server.fail(undefined);
    await server.listened('ETH/USD');
    nowMs += 1_000;
    server.say('ETH/USD', { price: 2_030, timeMs: nowMs });
    await until(() => heard.some(({ price }) => price === 2_030));
  });

  it('goes on after messages that say nothing', async () => {
    await exchange.load();
    const { heard, until, hear } = hearing();
    void exchange.follow(hear);
    for (const message of NONSENSE) {
      await server.listened('ETH/USD');
      server.babble(message);
    }
    // Some of it breaks connections, perhaps a moment later: it is said until it is heard.
    const isHeard = () => heard.some(({ price }) => price === 2_040);
    while (!isHeard()) {
      await server.listened('ETH/USD');
      nowMs += 1_000;
      server.say('ETH/USD', { price: 2_040, timeMs: nowMs });
      await until(() => isHeard() || !server.isListened('ETH/USD'));
    }
    expect(heard.every(({ price }) => [2_000, 0.999, 2_040].includes(price))).toBe(true);
  });

  it('says what is wrong when it is down or asks for less, in one line', async () => {
    server.fail(500);
    await expect(exchange.load()).rejects.toThrow(
      new RegExp(`^${id} failed while asking what it lists: \\w+: [^\n]{1,220}$`),
    );
    server.fail(undefined);
    await exchange.load();
    server.fail(429);
    await expect(exchange.poll(['ETH/USD'])).rejects.toThrow(/asking for prices: (RateLimit|DDoS)/);
    await expect(exchange.poll(['ETH/USD'])).rejects.toBeInstanceOf(RetryableError);
  });

  it('fills a gap with candles of minutes that have ended, part by part', async () => {
    await exchange.load();
    const start = T0 / 1_000 - ((T0 / 1_000) % 60);
    const minutes = Array.from({ length: 700 }, (_, row) => [start + row * 60, 2_000 + row] as const);
    server.setCandles('ETH/USD', [...minutes, [start + 700 * 60, 0]]);
    const found: PriceObservation[] = [];
    const span = { after: start + 90, to: start + 700 * 60 };
    for await (const part of exchange.candles('ETH/USD', span)) found.push(...part);
    // The candle that ended at a minute and a half is over; the last one has no price.
    expect(found.map(({ price }) => price)).toEqual(minutes.slice(1).map(([, close]) => close));
    expect(found[0]).toEqual({
      ...{ exchange: id, symbol: 'ETH/USD', time: start + 120, price: 2_001, volume: undefined },
      ...{ exchangeTime: start + 120, isCandle: true },
    });
    for await (const part of exchange.candles('ETH/USD', { after: start + 1e6, to: start + 2e6 }))
      expect(part).toEqual([]);
  });
});

it('speaks with Binance US as with Binance', async () => {
  await open('binance');
  await exchange.close();
  exchange = openExchange({ id: 'binanceus', codes: CODES, now: () => nowMs, urls: server.urls, patience });
  server.say('ETH/USDT', { price: 2_000, timeMs: T0 });
  expect(await exchange.load()).toMatchObject([{ symbol: 'ETH/USDT', quote: 'USDT' }]);
  expect(await exchange.poll(['ETH/USDT'])).toMatchObject([{ exchange: 'binanceus', price: 2_000 }]);
});

it.each(KNOWN_EXCHANGES)('knows how to ask %s for prices and candles', async (id) => {
  const { has } = await loadClient(id);
  expect([has['fetchTickers'], has['fetchOHLCV']]).toEqual([true, true]);
});
