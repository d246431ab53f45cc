import type { Reference } from '@undertow/market';
import type { ExchangeMarket, SeriesPart } from '@undertow/store';
import { storedPrices, type PriceStore } from './stored-prices.ts';

const HOUR = 3_600;
const market = (exchange: string, quote = 'USDT'): ExchangeMarket => ({
  ...{ exchange, symbol: `ETH/${quote}`, base: 'ETH', quote, asset: 'WETH' },
});
const feed = (id: string, description: string) => ({ id, description, decimals: 8 });

/** Closing prices that rise by one an hour, in answers of two points. */
function hours(many: number, from: number): SeriesPart<never> {
  const first = Math.ceil(from / HOUR);
  const points = Array.from({ length: Math.max(0, Math.min(2, many - first)) }, (_, i) => ({
    time: (first + i) * HOUR,
    close: 100 + first + i,
  }));
  const next = first + 2 < many ? (first + 2) * HOUR : undefined;
  return { points: points as never[], next };
}

const store = (
  markets: readonly ExchangeMarket[],
  lengths: Readonly<Record<string, number>>,
): PriceStore & { readonly read: string[] } => {
  const read: string[] = [];
  return {
    read,
    series: {
      exchangeMarkets: async () => markets,
      exchange: async ({ exchange, symbol, from, step }) => {
        read.push(`${exchange} ${symbol} ${step}`);
        return hours(lengths[exchange] ?? 0, from);
      },
      feed: async ({ feed: id, from }) => hours(lengths[id] ?? 0, from),
    },
    reference: {
      feeds: [feed('0xf1', 'ETH / USD'), feed('0xf2', 'BTC / USD'), feed('0xf3', 'ETH / BTC')],
    } as unknown as Reference,
  };
};
const wanted = { factors: ['eth'], stepSeconds: 4 * HOUR, to: 10 * HOUR };

it('takes the market with the most prices, whole, at the ends of their steps, and reads none that is not in dollars', async () => {
  const of = store([market('few'), market('many'), market('other', 'BTC')], { few: 2, many: 5, other: 9 });
  const { rows, sources } = await storedPrices(of, wanted);
  expect(sources).toEqual([{ what: 'eth', source: 'many ETH/USDT', prices: 5, from: HOUR, to: 5 * HOUR }]);
  expect(rows).toEqual(
    Array.from({ length: 5 }, (_, i) => ({ symbol: 'eth', time: (i + 1) * HOUR, price: 100 + i })),
  );
  expect(new Set(of.read)).toEqual(new Set(['few ETH/USDT hour', 'many ETH/USDT hour']));
});

it('takes answers of feeds where no exchange says anything, and says what there is for what nobody prices', async () => {
  const of = store([market('silent')], { '0xf1': 3, '0xf3': 9 });
  const { rows, sources } = await storedPrices(of, wanted);
  expect(rows).toHaveLength(3);
  expect(sources).toMatchObject([{ what: 'eth', source: 'feed ETH / USD', prices: 3 }]);
  await expect(storedPrices(of, { ...wanted, factors: ['ETH', 'LUNA'] })).rejects.toThrow(
    /no price of LUNA in USD is stored.*one of ETH, BTC$/,
  );
  await expect(storedPrices(of, { ...wanted, stepSeconds: 90 })).rejects.toThrow(/whole minutes, but is 90/);
});
