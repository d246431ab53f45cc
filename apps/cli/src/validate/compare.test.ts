import { row } from './compare.ts';

describe('row', () => {
  it('gives the error relative to the chain', () => {
    expect(row('x', 99, 100).relativeError).toBeCloseTo(0.01, 12);
    expect(row('x', 101, 100).relativeError).toBeCloseTo(0.01, 12);
  });

  it('is 0 when nothing was predicted and nothing happened', () => {
    expect(row('x', 0, 0).relativeError).toBe(0);
  });

  it('has no ratio, but a note, when something was predicted and nothing happened', () => {
    expect(row('x', 5, 0)).toMatchObject({ relativeError: null, note: expect.any(String) });
  });
});
