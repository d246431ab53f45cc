import fc from 'fast-check';
import { learn, NOTHING_READ, planBlocks } from './range-plan.ts';

const NOTHING_KNOWN = { logsPerFull: undefined, fullest: 0 };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const known = fc.record({
  logsPerFull: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
  fullest: share,
});

describe('planBlocks', () => {
  it('takes one block at a time while nothing is known', () => {
    const { blocks, known: after } = planBlocks([0.1, 0.1, 0.1], NOTHING_KNOWN, 1_000);
    expect(blocks).toBe(1);
    expect(planBlocks([0.1, 0.1], after, 1_000).blocks).toBe(1);
  });

  it('takes nearly empty blocks together at the start, and a full one alone', () => {
    const start = planBlocks([0, 0.001, 0.001, 0.5], NOTHING_READ, 1_000);
    expect(start.blocks).toBe(3);
    expect(planBlocks([0.5, 0.5], start.known, 1_000).blocks).toBe(1);
  });

  it('takes empty blocks in one go', () => {
    expect(planBlocks([0, 0, 0, 0.1], NOTHING_KNOWN, 1_000).blocks).toBe(3);
  });

  it('takes as many as bring the target', () => {
    expect(planBlocks([0.1, 0.1, 0.1, 0.1], { logsPerFull: 1_000, fullest: 0.1 }, 250).blocks).toBe(2);
  });

  it('stops before a block far fuller than any before, and takes that one alone', () => {
    const before = { logsPerFull: 1, fullest: 0.1 };
    const first = planBlocks([0.1, 0.2, 0.9, 0.9], before, 1_000);
    expect(first.blocks).toBe(2);
    expect(planBlocks([0.9, 0.9], first.known, 1_000)).toEqual({
      blocks: 1,
      known: { logsPerFull: undefined, fullest: 0.9 },
    });
  });

  it('never plans more than there is, nor more than the target where there are two blocks or more', () => {
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 1, maxLength: 50 }),
        known,
        fc.nat(10_000),
        (full, now, target) => {
          const plan = planBlocks(full, now, target);
          expect(plan.blocks).toBeGreaterThanOrEqual(1);
          expect(plan.blocks).toBeLessThanOrEqual(full.length);
          expect(plan.known.fullest).toBe(Math.max(now.fullest, ...full.slice(0, plan.blocks)));
          const sum = full.slice(0, plan.blocks).reduce((total, each) => total + each, 0);
          if (plan.blocks > 1 && sum > 0)
            expect(sum * (now.logsPerFull ?? Infinity)).toBeLessThanOrEqual(target * (1 + 1e-9));
        },
      ),
    );
  });
});

describe('learn', () => {
  const now = { logsPerFull: 1_000, fullest: 0.5 };

  it('takes a busier range at once and a quieter one by half', () => {
    expect(learn(now, { planned: now, full: [0.1, 0.1], logs: 400 }).logsPerFull).toBe(2_000);
    expect(learn(now, { planned: now, full: [0.1, 0.1], logs: 2 }).logsPerFull).toBe(500);
  });

  it('learns nothing from empty blocks, or from before blocks became far fuller', () => {
    expect(learn(now, { planned: now, full: [0, 0], logs: 0 })).toEqual(now);
    const fuller = { logsPerFull: undefined, fullest: 0.9 };
    const planned = { logsPerFull: 1, fullest: 0.1 };
    expect(learn(fuller, { planned, full: [0.1], logs: 1 })).toEqual(fuller);
  });
});
