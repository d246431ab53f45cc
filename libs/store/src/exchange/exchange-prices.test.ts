import { BadDataError } from '@undertow/units';
import fc from 'fast-check';
import { exchangeTruth } from '../fixtures/exchange-truth.ts';
import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  dropRetired,
  findExchangeMarket,
  keepHouse,
  migrate,
  openStore,
  readExchangeMarkets,
  readExchangeMoves,
  readExchangePricesAt,
  readExchangeSeries,
  revertTo,
  STEPS,
  writeExchangeMarkets,
  writeExchangePrices,
  writeFacts,
  type ExchangeMarket,
  type ExchangePoint,
  type ExchangePrice,
  type Flavour,
  type Step,
  type Store,
} from '../index.ts';

let database: TestDatabase;
let store: Store;
let flavour: Flavour;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  ({ flavour } = await migrate(store));
});
beforeEach(async () => {
  await store.pool.query(
    'TRUNCATE exchange_market, exchange_price, exchange_hour_kept, exchange_day_kept, checkpoint, block',
  );
});
afterAll(async () => {
  await store?.close();
  await database?.close();
});

/** A Monday, 00:00 UTC. */
const MONDAY = 1_704_067_200;
const KRAKEN: ExchangeMarket = {
  exchange: 'kraken',
  symbol: 'ETH/USD',
  base: 'ETH',
  quote: 'USD',
  asset: 'WETH',
};
const BINANCE = { ...KRAKEN, exchange: 'binance', symbol: 'ETH/USDT', quote: 'USDT' };

const said = (time: number, price: number, more: Partial<ExchangePrice> = {}): ExchangePrice => ({
  exchange: 'kraken',
  symbol: 'ETH/USD',
  time,
  price,
  volume: 1e6,
  exchangeTime: time - 0.25,
  isCandle: false,
  ...more,
});

/** Times of whole milliseconds over five days, and prices, in any order, some said twice. */
const batches = fc.array(
  fc.array(
    fc
      .record({ ms: fc.integer({ min: 0, max: 5 * 86_400_000 }), price: fc.integer({ min: 1, max: 999 }) })
      .map(({ ms, price }) => said(MONDAY + ms / 1_000, price)),
    { minLength: 1, maxLength: 12 },
  ),
  { minLength: 1, maxLength: 5 },
);

describe('prices of exchanges', () => {
  it('are summed up to one row a market, by how they moved in a time and without what came later for a gap', async () => {
    await writeExchangeMarkets(store, [KRAKEN, BINANCE, { ...KRAKEN, symbol: 'BTC/USD' }]);
    const binance = { exchange: 'binance', symbol: 'ETH/USDT' };
    const last = MONDAY + 3_600;
    await writeExchangePrices(store, [
      // A price a second for an hour, of which one is a fifth too high; before, after, and by candles others.
      ...Array.from({ length: 3_600 }, (_, row) => said(MONDAY + 1 + row, row === 1_800 ? 120 : 100)),
      ...[said(MONDAY, 1), said(MONDAY + 90.5, 3, { isCandle: true }), said(last + 1, 900)],
      ...[100, 110, 99].map((price, row) => said(MONDAY + 60 * (row + 1), price, binance)),
    ]);
    const moves = await readExchangeMoves(store, { after: MONDAY, to: last });
    expect(moves).toEqual([
      // Moves of a tenth each; what came back came to another price than before, by a hundredth.
      { ...binance, prices: 3, usual: expect.closeTo(0.1, 12), returned: expect.closeTo(0.1, 12) },
      { exchange: 'kraken', symbol: 'ETH/USD', prices: 3_600, usual: 0, returned: expect.closeTo(0.2, 12) },
    ]);
    await writeExchangePrices(store, [said(last + 2, 1e-300), said(last + 3, 1e300), said(last + 4, 1e-300)]);
    expect(await readExchangeMoves(store, { after: last + 1, to: last + 4 })).toEqual([
      { exchange: 'kraken', symbol: 'ETH/USD', prices: 3, usual: expect.any(Number), returned: 1e200 },
    ]);
  });

  it('give the bars that JavaScript makes of them, in whatever order and however often they are stored', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (given) => {
        await store.pool.query('TRUNCATE exchange_price, exchange_hour_kept, exchange_day_kept');
        const distinct = new Set(given.flat().map(({ time }) => time)).size;
        let written = 0;
        for (const batch of given) written += await writeExchangePrices(store, batch);
        expect(written).toBe(distinct);
        for (const batch of given) expect(await writeExchangePrices(store, batch)).toBe(0);
        for (const step of STEPS) {
          const wanted = { from: MONDAY, to: MONDAY + 5 * 86_400, step };
          const { points, next } = await readExchangeSeries(store, { ...KRAKEN, ...wanted });
          expect(points).toEqual(exchangeTruth(given.flat(), wanted));
          expect(next).toBeUndefined();
        }
      }),
      { numRuns: 20 },
    );
  });

  it('come in parts that go on where the last one ended, and filled where that is asked for', async () => {
    const prices = [0, 61, 125, 86_400, 86_401, 400_000].map((at, row) => said(MONDAY + at, row + 1));
    await writeExchangePrices(store, prices);
    const wanted = { from: MONDAY, to: MONDAY + 10 * 86_400, step: 'minute' as const };
    const found: ExchangePoint[] = [];
    for (let from: number | undefined = MONDAY; from !== undefined;) {
      const part = await readExchangeSeries(store, { ...KRAKEN, ...wanted, from, most: 2 });
      found.push(...part.points);
      from = part.next;
    }
    expect(found).toEqual(exchangeTruth(prices, wanted));
    const filled = await readExchangeSeries(store, {
      ...{ ...KRAKEN, step: 'hour', from: MONDAY + 3_600, to: MONDAY + 4 * 3_600, fill: true },
    });
    expect(filled.points.map(({ close, prices: count }) => [close, count])).toEqual([
      [3, 0],
      [3, 0],
      [3, 0],
    ]);
  });

  it('are those of a time: the newest of each market that is not older than asked for', async () => {
    await writeExchangeMarkets(store, [KRAKEN, BINANCE]);
    await writeExchangePrices(store, [
      said(MONDAY, 2_000),
      said(MONDAY + 60, 2_010, { volume: undefined, exchangeTime: undefined, isCandle: true }),
      said(MONDAY + 120, 2_020),
      said(MONDAY - 3_000, 1_990, { exchange: 'binance', symbol: 'ETH/USDT' }),
    ]);
    const at = (time: number, withinSeconds = 3_600) => readExchangePricesAt(store, { time, withinSeconds });
    expect(await at(MONDAY + 119.5)).toEqual([
      { ...BINANCE, ...said(MONDAY - 3_000, 1_990, { exchange: 'binance', symbol: 'ETH/USDT' }) },
      {
        ...KRAKEN,
        ...said(MONDAY + 60, 2_010, { volume: undefined, exchangeTime: undefined, isCandle: true }),
      },
    ]);
    expect((await at(MONDAY + 120, 60)).map(({ price }) => price)).toEqual([2_020]);
    expect(await at(MONDAY - 4_000)).toEqual([]);
  });

  it('are not dropped by a chain that goes back', async () => {
    await writeFacts(store, {
      chainId: 1,
      facts: [],
      blocks: [{ number: 5, hash: '0x05', parentHash: '0x04', time: MONDAY }],
      checkpoint: { block: 5, hash: '0x05', time: MONDAY },
    });
    await writeExchangePrices(store, [said(MONDAY, 2_000)]);
    await revertTo(store, 1, -1);
    const { points } = await readExchangeSeries(store, {
      ...{ ...KRAKEN, from: MONDAY, to: MONDAY + 60, step: 'minute' },
    });
    expect(points).toHaveLength(1);
  });

  it('go with the oldest facts that every chain has dropped, and leave their hours and days', async () => {
    await writeExchangeMarkets(store, [KRAKEN]);
    await writeExchangePrices(store, [said(MONDAY, 2_000), said(MONDAY + 90 * 86_400, 3_000)]);
    const series = async (step: Step) => {
      const wanted = { ...KRAKEN, from: MONDAY, to: MONDAY + 100 * 86_400, step };
      return (await readExchangeSeries(store, wanted)).points.map(({ close }) => close);
    };
    const keep = (chain: number, since: string) =>
      store.pool.query(
        `INSERT INTO checkpoint (chain_id, block, facts, kept_above, kept_since) VALUES ($1, 9, 0, 1, ${since})`,
        [chain],
      );
    await keep(1, `to_timestamp(${MONDAY + 60 * 86_400})`);
    await keep(2, 'NULL');
    await dropRetired(store, 1);
    expect(await series('minute')).toEqual([2_000, 3_000]);
    await store.pool.query('DELETE FROM checkpoint WHERE chain_id = 2');
    await dropRetired(store, 1);
    expect(await series('minute')).toEqual([3_000]);
    expect(await series('hour')).toEqual([2_000, 3_000]);
    expect(await series('day')).toEqual([2_000, 3_000]);
  });

  it('are compressed where TimescaleDB is when they are long past, and what was missed is still added', async () => {
    await writeExchangeMarkets(store, [KRAKEN]);
    const minutes = Array.from({ length: 200 }, (_, minute) => said(MONDAY + 120 * minute, 2_000 + minute));
    await writeExchangePrices(store, minutes);
    const head = MONDAY + 90 * 86_400;
    await writeFacts(store, {
      ...{ chainId: 1, facts: [], blocks: [{ number: 5, hash: '0x05', parentHash: '0x04', time: head }] },
      checkpoint: { block: 5, hash: '0x05', time: head },
    });
    const { chunks } = await keepHouse(store, 1, 64);
    expect(chunks > 0).toBe(flavour === 'timescale');
    const missed = [said(MONDAY + 60, 1_999), said(MONDAY + 121, 1_998), ...minutes.slice(0, 3)];
    expect(await writeExchangePrices(store, missed)).toBe(2);
    for (const step of STEPS) {
      const wanted = { from: MONDAY, to: MONDAY + 86_400, step };
      const { points } = await readExchangeSeries(store, { ...KRAKEN, ...wanted });
      expect(points).toEqual(exchangeTruth([...minutes, ...missed], wanted));
    }
    const [price] = await readExchangePricesAt(store, { time: MONDAY + 130, withinSeconds: 60 });
    expect(price?.price).toBe(1_998);
  });

  it('are refused where they are none', async () => {
    for (const price of [0, -1, Number.NaN, Infinity])
      await expect(writeExchangePrices(store, [said(MONDAY, price)])).rejects.toThrow(/is no price/);
    await expect(writeExchangePrices(store, [said(Number.NaN, 1)])).rejects.toThrow(/is no price/);
  });
});

describe('markets of exchanges', () => {
  it('are noted once, and anew when they stand for something else', async () => {
    await writeExchangeMarkets(store, [KRAKEN, BINANCE]);
    await writeExchangeMarkets(store, [{ ...KRAKEN, asset: 'stETH' }]);
    expect(await readExchangeMarkets(store)).toEqual([BINANCE, { ...KRAKEN, asset: 'stETH' }]);
  });

  it('are found by what people call them, and what is known is said where there is none', () => {
    const markets = [BINANCE, KRAKEN];
    expect(findExchangeMarket(markets, { exchange: 'Kraken', symbol: 'eth/usd' })).toBe(KRAKEN);
    const find = (exchange: string, symbol: string) => () =>
      findExchangeMarket(markets, { exchange, symbol });
    expect(find('kraken', 'XYZ/USD')).toThrow(
      'kraken has no market "XYZ/USD" that is watched. Known: ETH/USD.',
    );
    expect(find('mtgox', 'BTC/USD')).toThrow('No exchange "mtgox" is watched. Known: binance, kraken.');
    expect(find('mtgox', 'BTC/USD')).toThrow(BadDataError);
  });
});
