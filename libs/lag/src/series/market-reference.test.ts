import { marketReference, type SourcePrice } from './market-reference.ts';

const source = (name: string, price: number, more: Partial<SourcePrice> = {}): SourcePrice => ({
  source: name,
  price,
  weight: 1,
  ageSeconds: 1,
  ...more,
});

describe('the market reference of an asset', () => {
  it('leaves out who lies, who is silent and who has no price, and says so', () => {
    const reference = marketReference([
      source('a', 100),
      source('b', 100.1),
      source('c', 99.95),
      source('liar', 150, { weight: 1_000 }),
      source('asleep', 100, { ageSeconds: 301 }),
      source('broken', 0),
    ]);
    expect(reference?.price).toBe(100);
    expect(reference?.counted).toEqual(['a', 'b', 'c']);
    expect(reference?.rejected).toEqual([
      { source: 'asleep', reason: 'old' },
      { source: 'broken', reason: 'no-price' },
      { source: 'liar', reason: 'outlier' },
    ]);
    expect(reference?.spread).toBeCloseTo(0.001, 9);
  });

  it('goes by weight', () => {
    const deep = marketReference([
      source('deep', 100.1, { weight: 10 }),
      source('b', 100),
      source('c', 99.9),
    ]);
    expect(deep?.price).toBe(100.1);
  });

  it('does not choose between two: both count, and the spread shows it', () => {
    const two = marketReference([source('a', 100), source('b', 120)]);
    expect(two).toMatchObject({ price: 110, counted: ['a', 'b'], rejected: [] });
    expect(two?.spread).toBeCloseTo(1 / 11, 9);
  });

  it('is unknown where nobody counts, and refuses a weight of nothing', () => {
    expect(marketReference([])).toBeUndefined();
    expect(marketReference([source('old', 1, { ageSeconds: 1e6 })])).toBeUndefined();
    expect(() => marketReference([source('a', 1, { weight: 0 })])).toThrow(/weight of a must be above 0/);
  });
});
