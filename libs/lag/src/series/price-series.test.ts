import fc from 'fast-check';
import { between, priceAt, priceSeries } from './price-series.ts';

const points = fc.array(
  fc.record({
    time: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(Number.NaN)),
    price: fc.oneof(fc.double(), fc.integer({ min: -2, max: 9 })),
  }),
);

describe('what a source said', () => {
  it('becomes a rising series, and every point is kept or counted', () => {
    fc.assert(
      fc.property(points, (said) => {
        const { series, faults } = priceSeries(said);
        expect(series.times.every((time, row) => row === 0 || time > series.times[row - 1]!)).toBe(true);
        expect(series.prices.every((price) => price > 0 && Number.isFinite(price))).toBe(true);
        const { noPrice, noTime, repeated, contradicted } = faults;
        expect(series.times.length + noPrice + noTime + repeated + contradicted).toBe(said.length);
      }),
    );
  });

  it('keeps the last of two prices of one time, also where they come late', () => {
    const { series, faults } = priceSeries([
      { time: 10, price: 1 },
      { time: 5, price: 2 },
      { time: 10, price: 3 },
      { time: 10, price: 3 },
    ]);
    expect([...series.times]).toEqual([5, 10]);
    expect([...series.prices]).toEqual([2, 3]);
    expect(faults).toEqual({ noPrice: 0, noTime: 0, wentBack: 1, repeated: 1, contradicted: 1 });
  });

  it('has a price from the first point on, and none before', () => {
    const { series } = priceSeries([
      { time: 5, price: 2 },
      { time: 10, price: 3 },
    ]);
    expect([4, 5, 9.9, 10, 1e9].map((time) => priceAt(series, time))).toEqual([undefined, 2, 2, 3, 3]);
    expect([...between(series, 5, 10).times]).toEqual([5]);
  });
});
