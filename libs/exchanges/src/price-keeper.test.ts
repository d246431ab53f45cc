import type { PriceObservation } from './price-gate.ts';
import { priceKeeper } from './price-keeper.ts';

const said = (time: number, price: number, symbol = 'ETH/USD'): PriceObservation => ({
  ...{ exchange: 'kraken', symbol, time, price, volume: undefined, exchangeTime: undefined, isCandle: false },
});

it('keeps one price in so long of every market, and those that have moved at once', () => {
  const isKept = priceKeeper({ everySeconds: 60, move: 0.001 });
  const times = [0, 10, 59, 60, 61, 120];
  expect(times.map((time) => isKept(said(time, 2_000)))).toEqual([true, false, false, true, false, true]);
  expect(isKept(said(121, 2_001))).toBe(false);
  expect(isKept(said(122, 1_998))).toBe(true);
  // From the last one that was kept, not from the last one.
  expect(isKept(said(123, 1_997))).toBe(false);
  expect(isKept(said(124, 1_996))).toBe(true);
  expect(isKept(said(124, 5, 'LINK/USD'))).toBe(true);
});
