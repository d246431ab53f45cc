import type { MemoryFacts } from './memory-facts.ts';

/** Two exchanges say what ETH trades at a few seconds before the head, by clocks that are two seconds behind ours. */
export async function exchangesSay(source: MemoryFacts, price: number): Promise<void> {
  const { time } = (await source.stored())!;
  const market = { symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH', isCandle: false };
  source.said = ['gemini', 'kraken'].map((exchange) => ({
    ...{ ...market, exchange, price, volume: 1e12, time: time - 5, exchangeTime: time - 7 },
  }));
}
