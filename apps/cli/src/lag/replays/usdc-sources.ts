import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { priceSeries, type PricePoint, type PriceSeries } from '@undertow/lag';
import { readPrices } from '../read-prices.ts';

/** What one source said that a USDC was worth. */
export interface UsdcSource {
  readonly name: string;
  /** What it is in: another dollar is not the dollar. */
  readonly unit: 'USD' | 'USDT';
  readonly series: PriceSeries;
  /** How long a price of it counts for the market, seconds. */
  readonly holdsSeconds: number;
}

const MINUTE = 60;
/** A leg of a ratio that is older does not make one: half of the rows of a thin book are minutes without a trade. */
const LEG_HOLDS = 10 * MINUTE;

/** All sources of the public files, and what USDT was worth in USD by one of them. */
export async function readUsdcSources(
  folder: string,
): Promise<{ readonly sources: readonly UsdcSource[]; readonly usdt: PriceSeries }> {
  const data = join(folder, 'usdc-depeg-2023-03');
  // Minutes without a trade repeat the close before: they say nothing.
  const traded = async (name: string) =>
    (await readPrices(join(data, name), { above0: 'volume', knownAfterSeconds: MINUTE })).series;
  const usd = await traded('binanceus_BTCUSD_1m.csv.gz');
  const usdc = await traded('binanceus_BTCUSDC_1m.csv.gz');
  const tether = await traded('binanceus_BTCUSDT_1m.csv.gz');
  const kraken = await traded('kraken_BTCUSDC_1m.csv.gz');
  const hourly = await readPrices(join(folder, 'prices-hourly-binance-2021-2025/USDCUSDT_1h_close.csv.gz'), {
    knownAfterSeconds: 3_600,
  });
  return {
    sources: [
      { name: 'Kraken', unit: 'USD', series: ratioOf(usd, kraken), holdsSeconds: 15 * MINUTE },
      { name: 'Binance.US', unit: 'USD', series: ratioOf(usd, usdc), holdsSeconds: 15 * MINUTE },
      {
        name: 'Binance.US in USDT',
        unit: 'USDT',
        series: ratioOf(tether, usdc),
        holdsSeconds: 15 * MINUTE,
      },
      {
        name: 'DEX',
        unit: 'USD',
        series: await readDex(join(data, 'usdc_15min_dex_2023-03-09_18.json')),
        holdsSeconds: 35 * MINUTE,
      },
      { name: 'Binance in USDT', unit: 'USDT', series: hourly.series, holdsSeconds: 65 * MINUTE },
    ],
    usdt: ratioOf(usd, tether),
  };
}

/** One series over another, at each moment at which the second said something and the first had not long ago. */
export function ratioOf(over: PriceSeries, under: PriceSeries): PriceSeries {
  const points: PricePoint[] = [];
  let row = -1;
  for (const [at, time] of under.times.entries()) {
    while (row + 1 < over.times.length && over.times[row + 1]! <= time) row += 1;
    if (row >= 0 && time - over.times[row]! <= LEG_HOLDS)
      points.push({ time, price: over.prices[row]! / under.prices[at]! });
  }
  return priceSeries(points).series;
}

/** Bars of a quarter of an hour of the pools, each known at its end. */
async function readDex(path: string): Promise<PriceSeries> {
  const { data } = JSON.parse(await readFile(path, 'utf8')) as {
    readonly data: readonly { readonly dt: string; readonly c: number }[];
  };
  return priceSeries(data.map(({ dt, c }) => ({ time: Date.parse(dt) / 1_000 + 15 * MINUTE, price: c })))
    .series;
}
