import { tickMs } from './tick-ms.ts';

describe('tickMs', () => {
  it('is as asked for on a short chain, and longer in proportion on a long one, to a limit', () => {
    const paces = [0, 100, 5_000, 10_000, 30_000, 1_000_000].map((blocks) => tickMs(2_000, blocks));
    expect(paces).toEqual([2_000, 2_000, 2_000, 4_000, 12_000, 12_000]);
    expect(tickMs(0, 1_000_000)).toBe(0);
  });
});
