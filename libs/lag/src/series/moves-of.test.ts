import fc from 'fast-check';
import { movesOf, spikeIn } from './moves-of.ts';
import { priceSeries } from './price-series.ts';
import { sourceFaults } from './source-faults.ts';

it('spikes in what was summed up are those of the whole series', () => {
  const price = fc.oneof(fc.integer({ min: 995, max: 1_005 }), fc.integer({ min: 500, max: 2_000 }));
  fc.assert(
    fc.property(fc.array(price, { minLength: 10, maxLength: 60 }), (prices) => {
      const heard = priceSeries(prices.map((one, row) => ({ time: row * 60, price: one })));
      const jumped = sourceFaults(heard, undefined).find(({ kind }) => kind === 'jumped');
      expect(spikeIn(movesOf(heard.series))).toBe(jumped?.worst ?? 0);
    }),
  );
});

it('has the moves of a series in closed form', () => {
  const series = priceSeries([100, 100, 120, 100, 50].map((price, time) => ({ time, price }))).series;
  const { prices, usual, returned } = movesOf(series);
  expect(prices).toBe(5);
  // Moves of 0, 1/5, 1/6 and 1/2; nine tenths of the way to the last.
  expect(usual).toBeCloseTo(0.2 + 0.7 * 0.3, 12);
  expect(returned).toBeCloseTo(1 / 5, 12);
  expect(spikeIn(movesOf(series))).toBeUndefined();
  expect(movesOf(priceSeries([{ time: 0, price: 1 }]).series)).toEqual({ prices: 1, usual: 0, returned: 0 });
});
