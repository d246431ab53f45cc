import { seededRandom } from '../accounts/seeded-random.ts';
import { nextPrices } from './price-process.ts';
import { roundsDue } from './rounds-due.ts';

describe('nextPrices', () => {
  it('stays in a band for a day of ticks and comes back', () => {
    let prices = new Map([['WETH', 3_000] as const]);
    let [low, high, sum] = [Infinity, 0, 0];
    const ticks = 43_200;
    for (let tick = 0; tick < ticks; tick++) {
      prices = nextPrices(prices, seededRandom(9, tick)) as typeof prices;
      const price = prices.get('WETH') as number;
      [low, high, sum] = [Math.min(low, price), Math.max(high, price), sum + price];
    }
    expect(low).toBeGreaterThanOrEqual(3_000 * 0.7);
    expect(high).toBeLessThanOrEqual(3_000 * 1.4);
    expect(low).toBeLessThan(3_000 * 0.93);
    expect(high).toBeGreaterThan(3_000 * 1.04);
    expect(Math.abs(sum / ticks / 3_000 - 1)).toBeLessThan(0.06);
  });
});

describe('roundsDue', () => {
  const feeds = new Map([['WETH', { priceUsd: 100, updatedAt: 1_000 }] as const]);

  it('posts when the market has moved by half a percent, or after an hour', () => {
    expect(roundsDue(feeds, new Map([['WETH', 100.4]]), 1_001).size).toBe(0);
    expect(roundsDue(feeds, new Map([['WETH', 99.5]]), 1_001).get('WETH')).toBe(99.5);
    expect(roundsDue(feeds, new Map([['WETH', 100.4]]), 4_599).size).toBe(0);
    expect(roundsDue(feeds, new Map([['WETH', 100.4]]), 4_600).get('WETH')).toBe(100.4);
  });
});
