import type { MemoryFacts } from './memory-facts.ts';

/** Two exchanges say what ETH trades at a few seconds before the head, by clocks that are two seconds behind ours. */
export async function exchangesSay(source: MemoryFacts, price: number): Promise<void> {
  const { time } = (await source.stored())!;
  const market = { symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH', isCandle: false };
  source.said = ['gemini', 'kraken'].map((exchange) => ({
    ...{ ...market, exchange, price, volume: 1e12, time: time - 5, exchangeTime: time - 7 },
  }));
}

/** One of them has said for so many hours before what ETH traded at, up and down. */
export async function krakenSaid(source: MemoryFacts, hours: number): Promise<void> {
  const { time } = (await source.stored())!;
  const market = source.said.find(({ exchange }) => exchange === 'kraken')!;
  const candles = Array.from({ length: hours }, (_, i) => ({
    ...market,
    price: market.price * Math.exp(0.01 * Math.sin(i * i)),
    ...{ time: time - (hours - i) * 3_600, exchangeTime: time - (hours - i) * 3_600, isCandle: true },
  }));
  source.said = [...candles, ...source.said];
}
