import fc from 'fast-check';
import { sizeAfterLogs, sizeAfterRefusal } from './range-size.ts';

const size = fc.record({
  blocks: fc.integer({ min: 1, max: 10_000 }),
  ceiling: fc.integer({ min: 1, max: 10_000 }),
});

describe('sizeAfterLogs', () => {
  it('asks for as many blocks as would have brought the target', () => {
    expect(sizeAfterLogs({ blocks: 10, ceiling: 1_000 }, 20_000, 10_000).blocks).toBe(5);
    expect(sizeAfterLogs({ blocks: 10, ceiling: 1_000 }, 7_000, 10_000).blocks).toBe(14);
  });

  it('at most doubles, and without logs too', () => {
    expect(sizeAfterLogs({ blocks: 10, ceiling: 1_000 }, 0, 10_000).blocks).toBe(20);
  });

  it('always asks for at least one block and never for more than a little beyond the ceiling', () => {
    fc.assert(
      fc.property(size, fc.nat(1_000_000), fc.integer({ min: 1, max: 50_000 }), (before, logs, target) => {
        const { blocks, ceiling } = sizeAfterLogs(before, logs, target);
        expect(blocks).toBeGreaterThanOrEqual(1);
        expect(blocks).toBeLessThanOrEqual(Math.max(ceiling, 1));
        expect(ceiling).toBeLessThanOrEqual(Math.ceil(before.ceiling * 1.25));
      }),
    );
  });
});

describe('sizeAfterRefusal', () => {
  it('halves down to one block, then gives up', () => {
    expect(sizeAfterRefusal({ blocks: 9, ceiling: 100 })).toEqual({ blocks: 4, ceiling: 4 });
    expect(sizeAfterRefusal({ blocks: 1, ceiling: 1 })).toBeUndefined();
  });

  it('reaches one block in as many refusals as it has bits', () => {
    fc.assert(
      fc.property(size, (before) => {
        let steps = 0;
        for (let now = sizeAfterRefusal(before); now; now = sizeAfterRefusal(now)) steps++;
        expect(steps).toBe(Math.floor(Math.log2(before.blocks)));
      }),
    );
  });
});
