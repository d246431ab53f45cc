import { row } from './compare.ts';

describe('row', () => {
  it('gives the error relative to the chain', () => {
    expect(row('x', 99, 100).relativeError).toBeCloseTo(0.01, 12);
    expect(row('x', 101, 100).relativeError).toBeCloseTo(0.01, 12);
  });

  it('is 0 when nothing was predicted and nothing happened', () => {
    expect(row('x', 0, 0).relativeError).toBe(0);
  });

  it('is 0 for a difference of less than half a cent in nothing', () => {
    expect(row('x', 0.001, 0).relativeError).toBe(0);
    expect(row('x', -0.001, 0.002).relativeError).toBe(0);
    expect(row('x', 0.01, 0.001).relativeError).toBeCloseTo(9, 6);
  });

  it('is held against more than the value where that is asked for', () => {
    expect(row('x', 12, 10, 1_000).relativeError).toBeCloseTo(0.002, 12);
    expect(row('x', 12, 10, 1).relativeError).toBeCloseTo(0.2, 12);
  });

  it('has no ratio, but a note, when something was predicted and nothing happened', () => {
    expect(row('x', 5, 0)).toMatchObject({ relativeError: null, note: expect.any(String) });
  });
});
