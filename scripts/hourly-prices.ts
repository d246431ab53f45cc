// Hourly closes of twenty coins in USDT, 2021 to June 2025: public files that are not the project's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PriceRow } from '@undertow/sweep';

export const HOURLY_PRICES = 'prices-hourly-binance-2021-2025';

const HOUR = 3_600;
const ENDING = 'USDT_1h_close.csv.gz';

/** Coins that a folder of public files has hourly prices of, in the order of the alphabet. */
export const hourlyCoins = (data: string): string[] =>
  readdirSync(join(data, HOURLY_PRICES))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();

/** The closes of a coin, called by its name. A close is known when its hour is over. */
export function hourlyRows(data: string, coin: string): PriceRow[] {
  const bytes = readFileSync(join(data, HOURLY_PRICES, `${coin}${ENDING}`));
  const [, ...lines] = gunzipSync(bytes).toString().trim().split('\n');
  return lines.map((line) => {
    const [time, close] = line.split(',') as [string, string];
    return {
      time: Date.parse(`${time.replace(' ', 'T')}Z`) / 1_000 + HOUR,
      symbol: coin,
      price: Number(close),
    };
  });
}
