import { filteredPlan, gridPlan, historicalPlan, studentTPlan } from '../fixtures/plans.ts';
import { planHash, sweepKey } from './plan-hash.ts';
import { readPlan } from './plan-schema.ts';

describe('readPlan', () => {
  it.each([gridPlan, historicalPlan, studentTPlan, filteredPlan])('reads what was written, $kind', (plan) => {
    const full = { ...plan, depthFactor: 0.5, policies: { liquidators: { kind: 'unlimited' } } };
    expect(readPlan(JSON.parse(JSON.stringify(full)))).toEqual(full);
  });

  const model = { ...studentTPlan.model };
  it.each([
    [{ ...gridPlan, kind: 'gird' }, 'plan.kind'],
    [{ ...gridPlan, version: 2 }, 'plan.version'],
    [{ ...gridPlan, depht: 1 }, 'depht'],
    [{ ...gridPlan, axes: [{ what: 'ETH', moves: [-0.1, -1] }] }, 'plan.axes[0].moves[1]'],
    [{ ...gridPlan, axes: [] }, 'plan.axes'],
    [{ ...studentTPlan, seed: -1 }, 'plan.seed'],
    [{ ...studentTPlan, count: 1.5 }, 'plan.count'],
    [{ ...studentTPlan, factors: ['ETH', 'ETH'] }, 'ETH is there twice'],
    [{ ...studentTPlan, model: { ...model, degreesOfFreedom: 2 } }, 'plan.model.degreesOfFreedom'],
    [
      { ...studentTPlan, model: { ...model, covariance: [[1, 0], [0]] } },
      'covariance[1]: it must have one entry',
    ],
    [
      { ...historicalPlan, windows: [{ start: 0, logReturns: [0, NaN, 0] }] },
      'plan.windows[0].logReturns[1]',
    ],
    [{ ...historicalPlan, windows: [{ start: 0, logReturns: [0] }] }, 'per factor, 3, but has 1'],
    [{ ...filteredPlan, model: { ...filteredPlan.model, filters: [] } }, 'plan.model.filters'],
    [undefined, 'plan'],
  ])('says where a plan is wrong: %#', (plan, words) => {
    expect(() => readPlan(plan)).toThrow(words);
  });
});

describe('hashes', () => {
  it('are those of what a plan says, however its fields are ordered', () => {
    const turned = Object.fromEntries(Object.entries(gridPlan).toReversed()) as unknown as typeof gridPlan;
    expect(planHash(turned)).toBe(planHash(gridPlan));
    expect(planHash({ ...gridPlan, isProduct: false })).not.toBe(planHash(gridPlan));
  });

  it('tell sweeps apart by plan, book and engine', () => {
    const sweep = { plan: gridPlan, book: { hash: 'a' }, engine: 'clear' } as const;
    const others = [
      { ...sweep, book: { hash: 'b' } },
      { ...sweep, engine: 'fast' as const },
      { ...sweep, plan: studentTPlan },
    ];
    expect(new Set([sweep, ...others].map(sweepKey)).size).toBe(4);
  });
});
