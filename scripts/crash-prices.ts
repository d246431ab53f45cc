// Prices of crashes by the minute: public files that are not the project's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PriceRow } from '@undertow/sweep';
import { parse } from 'csv-parse/sync';

/** A time in which much fell, and prices by the step around it. */
export interface CrashPrices {
  readonly title: string;
  readonly coin: string;
  readonly source: string;
  readonly stepSeconds: number;
  readonly rows: readonly PriceRow[];
  /** UTC days: the first, and the day after the last. */
  readonly within: readonly [string, string];
}

type Row = Readonly<Record<string, string>>;

const MINUTE = 60;

function rowsOf(path: string): Row[] {
  const bytes = readFileSync(path);
  return parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true }) as Row[];
}

/** All of them that there are files of; a close is known when its step is over. */
export const crashPrices = (data: string): CrashPrices[] => [
  blackThursday(data),
  ...crashes2022(data),
  usdcDepeg(data),
];

function blackThursday(data: string): CrashPrices {
  const folder = 'maker-black-thursday';
  const rows = rowsOf(join(data, folder, 'ethusd_daiusd_5min_santiment.csv')).filter(
    (row) => row['ethusd'] !== '',
  );
  return {
    title: '12 March 2020',
    coin: 'ETH',
    source: folder,
    stepSeconds: 5 * MINUTE,
    rows: rows.map((row) => ({
      time: Date.parse(row['datetime_utc']!) / 1_000,
      symbol: 'ETH',
      price: Number(row['ethusd']),
    })),
    within: ['2020-03-07', '2020-03-20'],
  };
}

const IN_2022 = {
  'Luna, May 2022': ['2022-05-05', '2022-05-21'],
  'June 2022': ['2022-06-09', '2022-06-25'],
} as const;

function crashes2022(data: string): CrashPrices[] {
  const folder = 'prices-5min-binance-2022-01_08';
  const files = readdirSync(join(data, folder)).filter((file) => file.endsWith('.csv.gz'));
  const coins = files.sort().map((file) => {
    const coin = file.split('USDT')[0]!;
    const rows = rowsOf(join(data, folder, file)).map((row): PriceRow => ({
      time: Number(row['ts_ms']) / 1_000 + 5 * MINUTE,
      symbol: coin,
      price: Number(row['close']),
    }));
    return { coin, rows };
  });
  return Object.entries(IN_2022).flatMap(([title, within]) =>
    coins.map((one): CrashPrices => ({ title, ...one, source: folder, stepSeconds: 5 * MINUTE, within })),
  );
}

/** USDC in dollars, as a bitcoin in dollars ÷ a bitcoin in USDC, on the exchange that had both. */
function usdcDepeg(data: string): CrashPrices {
  const folder = 'usdc-depeg-2023-03';
  const closes = (pair: string) => rowsOf(join(data, folder, `binanceus_${pair}_1m.csv.gz`));
  const inUsdc = new Map(closes('BTCUSDC').map((row) => [row['open_time'], Number(row['close'])]));
  const rows = closes('BTCUSD').flatMap((row): PriceRow[] => {
    const other = inUsdc.get(row['open_time']);
    const time = Date.parse(row['open_time']!.replace(' ', 'T')) / 1_000 + MINUTE;
    return other ? [{ time, symbol: 'USDC', price: Number(row['close']) / other }] : [];
  });
  return {
    title: 'USDC, March 2023',
    coin: 'USDC',
    source: folder,
    stepSeconds: MINUTE,
    rows,
    within: ['2023-03-09', '2023-03-16'],
  };
}
