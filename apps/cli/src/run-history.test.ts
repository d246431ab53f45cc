import {
  migrate,
  openStore,
  writeExchangeMarkets,
  writeExchangePrices,
  writeFacts,
  writeMeasures,
} from '@undertow/store';
import { openTestDatabase, type TestDatabase } from '../../../libs/store/src/fixtures/test-database.ts';
import { printed } from './fixtures/printed.ts';
import { runHistory, type HistoryKind, type HistoryOptions } from './run-history.ts';
import { storedPriceRows } from './sweep/stored-price-rows.ts';

let database: TestDatabase;
const given = process.env['DATABASE_URL'];
/** A Monday, 00:00 UTC. */
const MONDAY = 1_704_067_200;
const OWNER = `0x${'ab'.repeat(20)}` as const;

beforeAll(async () => {
  database = await openTestDatabase();
  process.env['DATABASE_URL'] = database.connectionString;
  const store = await openStore(database.connectionString);
  await migrate(store);
  const at = (block: number) => ({ chainId: 1, block, logIndex: 0, part: 0, time: MONDAY + block * 1_800 });
  const price = (block: number, answer: bigint) => ({
    ...{ kind: 'PricePosted' as const, ...at(block), feed: '0xfeed', answer, round: 1n, updatedAt: 0 },
  });
  await writeFacts(store, {
    chainId: 1,
    facts: [
      ...[price(0, 200_000_000_000n), price(1, 210_050_000_000n), price(6, 190_000_000_000n)],
      {
        ...{ kind: 'LegChanged', ...at(2), venue: 'v', market: '0x01', owner: OWNER, side: 'debt' },
        sharesDelta: 5n * 10n ** 18n,
      },
      {
        ...{ kind: 'IndexAccrued', ...at(3), venue: 'v', market: '0x01' },
        accrual: { form: 'ray', side: 'debt', indexRay: 11n * 10n ** 26n, ratePerYearRay: 5n * 10n ** 25n },
      },
      {
        ...{ kind: 'Liquidated', ...at(4), venue: 'v', market: '0x01', owner: OWNER, liquidator: '0x09' },
        ...{ collateralAsset: '0x01', debtAsset: '0x02' },
        ...{ repaid: 1_500_000n, seized: 10n ** 15n, badDebt: 0n },
      },
    ],
    reference: {
      venues: [
        { id: 'v', chainId: 1, protocol: 'p', version: '1', mechanism: 'pooled-lending', address: '0x05' },
      ],
      feeds: [{ id: '0xfeed', chainId: 1, description: 'ETH / USD', decimals: 8 }],
      assets: [
        { chainId: 1, address: '0x01', symbol: 'WETH', decimals: 18 },
        { chainId: 1, address: '0x02', symbol: 'USDC', decimals: 6 },
      ],
    },
    blocks: [{ number: 7, hash: '0x07', parentHash: '0x06', time: at(7).time }],
    checkpoint: { block: 7, hash: '0x07', time: at(7).time },
  });
  const of = { chainId: 1, block: 7, hash: '0x07', time: at(7).time, bookHash: 'b' } as const;
  await writeMeasures(store, of, [{ name: 'lossUsd', subject: 'ETH=-0.3', value: 1_234.5 }]);
  const market = { exchange: 'kraken', symbol: 'ETH/USD' };
  await writeExchangeMarkets(store, [{ ...market, base: 'ETH', quote: 'USD', asset: 'WETH' }]);
  const said = { ...market, volume: undefined, exchangeTime: undefined, isCandle: false };
  await writeExchangePrices(store, [{ ...said, time: MONDAY + 4_000, price: 2_001.5 }]);
  await store.close();
});

afterAll(async () => {
  if (given === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = given;
  await database?.close();
});

const options: HistoryOptions = { step: 'hour', first: 48, data: 'unused' };
const show = (what: HistoryKind, names: readonly string[], more: Partial<HistoryOptions> = {}) =>
  printed(() => runHistory(what, names, { ...options, ...more }));

it('prints what a feed answered, filled where asked, and says where it goes on', async () => {
  const text = await show('feed', ['eth / usd'], { fill: true });
  expect(
    text.split('\n').map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .join(' | '),
    ),
  ).toEqual([
    'ETH / USD (0xfeed), by hour',
    'time | open | high | low | close | answers',
    expect.stringMatching(/^─+$/),
    '2024-01-01T00:00 | 2,000 | 2,100.5 | 2,000 | 2,100.5 | 2',
    '2024-01-01T01:00 | 2,100.5 | 2,100.5 | 2,100.5 | 2,100.5 | 0',
    '2024-01-01T02:00 | 2,100.5 | 2,100.5 | 2,100.5 | 2,100.5 | 0',
    '2024-01-01T03:00 | 1,900 | 1,900 | 1,900 | 1,900 | 1',
    '',
  ]);
  expect(await show('feed', ['0xfeed'], { first: 1, from: MONDAY })).toContain(
    '… goes on: --from 2024-01-01T03:00',
  );
});

it('prints markets, addresses, liquidations and measures in whole units and words', async () => {
  expect(await show('market', ['v', 'weth'])).toMatch(/2024-01-01T01:00 +1\.1 +5\.0 % +1 +debt/);
  expect(await show('account', [OWNER.toUpperCase().replace('0X', '0x')])).toMatch(
    /v +0x01 +debt +5000000000000000000/,
  );
  expect(await show('liquidations', [])).toMatch(/WETH +USDC +1 +0\.001 +1\.5 +0/);
  expect(await show('measure', ['lossUsd', 'ETH=-0.3'])).toMatch(/2024-01-01T03:00 +1,234\.5/);
  expect(await show('measures', [])).toMatch(/lossUsd +ETH=-0\.3/);
});

it('prints what a market of an exchange traded at', async () => {
  const text = await show('exchange', ['Kraken', 'eth/usd'], { fill: true });
  expect(text).toMatch(/^ETH\/USD on kraken, by hour/);
  expect(text).toMatch(/2024-01-01T01:00 +2,001\.5 +2,001\.5 +2,001\.5 +2,001\.5 +1\n.*T02:00.* 0\n/);
  await expect(show('exchange', ['kraken', 'BTC/USD'])).rejects.toThrow(/Known: ETH\/USD/);
  await expect(show('exchange', ['kraken'])).rejects.toThrow(/Name an exchange and what it trades there/);
});

it('gives a sweep the hourly prices of exchanges in dollars', async () => {
  expect(await storedPriceRows({ data: 'unused', chain: undefined })).toEqual([
    { time: MONDAY + 7_200, symbol: 'ETH', price: 2_001.5 },
  ]);
});

it('prints JSON', async () => {
  const text = await show('feed', ['ETH / USD'], { json: true, step: 'day' });
  expect(JSON.parse(text)).toEqual({
    ...{ title: 'ETH / USD (0xfeed)', step: 'day', next: null },
    points: [{ time: MONDAY, open: 2_000, high: 2_100.5, low: 1_900, close: 1_900, answers: 3 }],
  });
});

it('says what is wrong with what was asked', async () => {
  await expect(show('feed', [])).rejects.toThrow(/Name a feed: undertow history feed "ETH \/ USD"/);
  await expect(show('feed', ['BTC'])).rejects.toThrow(/No feed "BTC" is known. Known: ETH \/ USD/);
  await expect(show('account', ['0x1'])).rejects.toThrow(/0x1 is no address/);
  await expect(show('measure', ['loss'])).rejects.toThrow(
    /Nothing called loss was measured. Measured: lossUsd/,
  );
  await expect(show('measure', ['lossUsd'])).rejects.toThrow(/Measured of: ETH=-0\.3/);
  await expect(show('feed', ['ETH / USD'], { from: 5, to: 5 })).rejects.toThrow(
    /end must come after the start/,
  );
  expect(await show('feed', ['ETH / USD'], { from: 5, to: 6 })).toContain('nothing is stored in this time');
});
