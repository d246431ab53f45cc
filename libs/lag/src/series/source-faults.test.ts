import { wanderingMarket } from '../fixtures/market-path.ts';
import { priceSeries, type PricePoint } from './price-series.ts';
import { clockFault, sourceFaults } from './source-faults.ts';

const market = wanderingMarket(3 * 1_440, { seed: 3 });
const points = (): PricePoint[] =>
  [...market.times].map((time, row) => ({ time, price: market.prices[row]! }));
const HEARD = market.times.at(-1)!;
const kindsOf = (said: readonly PricePoint[], heardAt: number | undefined = HEARD) =>
  sourceFaults(priceSeries(said), heardAt).map(({ kind }) => kind);
/** What a source said, with one point changed. */
const with1 = (row: number, change: Partial<PricePoint>) =>
  points().map((point, at) => (at === row ? { ...point, ...change } : point));

describe('a source', () => {
  it('that says what it should has no fault', () => {
    expect(kindsOf(points())).toEqual([]);
  });

  it('that jumps and comes back is found with the jump, and one that moves for good is not', () => {
    const spiked = with1(1_000, { price: market.prices[1_000]! * 1.2 });
    const [fault] = sourceFaults(priceSeries(spiked), HEARD);
    expect(fault).toMatchObject({ kind: 'jumped', count: 1, at: 60_000 });
    expect(fault!.worst).toBeCloseTo(0.2, 1);
    const fallen = points().map((point, row) => (row < 1_000 ? point : { ...point, price: point.price / 2 }));
    expect(kindsOf(fallen)).toEqual([]);
  });

  it('that vanishes is found with how long it did', () => {
    const silent = points().filter((_, row) => row < 1_000 || row >= 1_090);
    expect(sourceFaults(priceSeries(silent), HEARD)).toEqual([
      { kind: 'vanished', count: 1, worst: 91 * 60, at: 999 * 60 },
    ]);
  });

  it.each([
    ['says 0', with1(5, { price: 0 }), 'no-price'],
    ['says no time', with1(5, { time: Number.NaN }), 'no-time'],
    ['goes back in time', [...points(), { time: 30, price: 2_000 }], 'went-back'],
    ['says the same again', [...points(), points().at(-1)!], 'repeated'],
    ['contradicts itself', [...points(), { time: HEARD, price: 1 }], 'contradicted'],
    ['dates itself into the future', [...points(), { time: HEARD + 3_600, price: 2_000 }], 'ahead'],
  ])('that %s is found', (_, said, kind) => {
    expect(kindsOf(said)).toContain(kind);
  });

  it('that is heard at no known time cannot be ahead', () => {
    const future = [...points(), { time: HEARD + 60, price: 2_000 }];
    expect(sourceFaults(priceSeries(future), undefined)).toEqual([]);
  });
});

describe('two clocks', () => {
  const shifted = (seconds: number) => ({
    times: market.times.map((time) => time + seconds),
    prices: market.prices,
  });

  it.each([-300, 300])('that are %d seconds apart are found out', (seconds) => {
    const fault = clockFault(shifted(seconds), market, 3 * 3_600)!;
    expect(fault.kind).toBe('clock-apart');
    expect(Math.abs(fault.worst! - seconds)).toBeLessThan(60);
  });

  it('that agree, or cannot be compared, are not', () => {
    expect(clockFault(shifted(0), market, 3 * 3_600)).toBeUndefined();
    expect(clockFault(shifted(10 * 86_400), market, 3 * 3_600)).toBeUndefined();
  });
});
