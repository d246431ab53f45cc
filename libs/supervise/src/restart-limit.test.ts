import { RestartLimit } from './restart-limit.ts';

const RULES = { firstMs: 100, longestMs: 500, mostFailed: 5, most: 8, withinMs: 1_000 };

describe('RestartLimit', () => {
  it('starts at once what ran, and waits longer from one failed start to the next', () => {
    const limit = new RestartLimit(RULES);
    const waits = Array.from({ length: 5 }, () => {
      const wait = limit.next(0);
      limit.failed();
      return wait;
    });
    expect(waits).toEqual([0, 100, 200, 400, 500]);
    expect(limit.next(0)).toBeUndefined();
  });

  it('forgets failures when the program came up', () => {
    const limit = new RestartLimit(RULES);
    limit.next(0);
    limit.failed();
    expect(limit.next(0)).toBe(100);
    limit.cameUp();
    expect(limit.next(0)).toBe(0);
  });

  it('gives up what comes up and ends again too often, and not what does so now and then', () => {
    const often = new RestartLimit(RULES);
    const seldom = new RestartLimit(RULES);
    for (let i = 0; i < 8; i++) {
      expect(often.next(i)).toBe(0);
      often.cameUp();
    }
    expect(often.next(9)).toBeUndefined();
    for (let i = 0; i < 50; i++) expect(seldom.next(i * 200)).toBe(0);
  });
});
