import { deviation, mean } from 'd3-array';
import { crowdBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { filteredPlan, gridPlan, historicalPlan, studentTPlan } from '../fixtures/plans.ts';
import { planCoverage } from './coverage.ts';
import { openPlan, scenariosOf } from './open-plan.ts';
import type { MonteCarloPlan, Plan } from './plan.ts';

const book = crowdBook();
const movesAt = (plan: Plan, index: number) =>
  openPlan(plan, book)
    .scenario(index)
    .moves.map(({ move }) => move);

/** Log returns of one factor over all scenarios of a plan. */
function returnsOf(plan: MonteCarloPlan, factor: number): number[] {
  const { scenario, count } = openPlan(plan, book);
  return Array.from({ length: count }, (_, index) => Math.log1p(scenario(index).moves[factor]!.move));
}

describe('scenariosOf', () => {
  it.each<Plan>([gridPlan, { ...gridPlan, isProduct: false }, historicalPlan, studentTPlan, filteredPlan])(
    'answers the same whatever the chunks, $kind',
    (plan) => {
      const { count } = openPlan(plan, book);
      const whole = scenariosOf(plan, book, { from: 0, to: count });
      const one = scenariosOf(plan, book, { from: count - 1, to: count });
      expect(whole).toHaveLength(count);
      expect(one).toEqual(whole.slice(-1));
      expect([
        ...scenariosOf(plan, book, { from: 0, to: 2 }),
        ...scenariosOf(plan, book, { from: 2, to: count }),
      ]).toEqual(whole);
    },
  );

  it('combines all moves of a grid, or takes each by itself', () => {
    expect([0, 1, 2, 5].map((index) => movesAt(gridPlan, index))).toEqual([
      [-0.1, -0.5],
      [-0.1, 0.5],
      [-0.2, -0.5],
      [-0.3, 0.5],
    ]);
    const each = openPlan({ ...gridPlan, isProduct: false }, book);
    expect(each.count).toBe(5);
    expect(each.scenario(2).moves).toEqual([{ kind: 'reference', symbol: 'ETH', move: -0.3 }]);
    expect(each.scenario(3).moves).toEqual([{ kind: 'reference', symbol: 'CRV', move: -0.5 }]);
  });

  it('moves prices by what happened, and leaves out what the book does not have', () => {
    const opened = openPlan(historicalPlan, book);
    expect(opened.unused).toEqual(['LUNA']);
    expect(movesAt(historicalPlan, 1)).toEqual([Math.expm1(0.05), Math.expm1(-0.4)]);
  });

  it('passes on what all scenarios have in common', () => {
    const policies = { liquidators: { kind: 'unlimited' } } as const;
    const plan = { ...gridPlan, policies, depthFactor: 0.5, volatilityMove: 0.2, maxRounds: 9 };
    expect(openPlan(plan, book).scenario(0)).toMatchObject({
      policies,
      depthFactor: 0.5,
      volatilityMove: 0.2,
      maxRounds: 9,
    });
  });
});

describe('a Student-t plan', () => {
  const many = { ...studentTPlan, count: 10_000 };
  const [eth, crv] = [returnsOf(many, 0), returnsOf(many, 1)];

  it('has the covariance that it says', () => {
    expect(Math.abs(mean(eth)!)).toBeLessThan(0.01);
    expect(deviation(eth)! / 0.2).toBeCloseTo(1, 1);
    expect(deviation(crv)! / 0.3).toBeCloseTo(1, 1);
    expect(mean(eth, (value, at) => value * crv[at]!)! / 0.03).toBeCloseTo(1, 1);
  });

  it('has tails of its degrees of freedom', () => {
    // P(|t₅| > 4.032) = 0.01 (published tables); this t is scaled to its own deviation, √(5 ÷ 3) of a plain one.
    const far = eth.filter((value) => Math.abs(value) > (0.2 * 4.032) / Math.sqrt(5 / 3)).length;
    expect(far / many.count).toBeGreaterThan(0.007);
    expect(far / many.count).toBeLessThan(0.013);
  });

  it('never falls by all of a price, however far the draw', () => {
    const wild: MonteCarloPlan = {
      ...studentTPlan,
      model: {
        ...studentTPlan.model,
        covariance: [
          [1e6, 0],
          [0, 1],
        ],
      } as MonteCarloPlan['model'],
    };
    for (const { moves } of scenariosOf(wild, book, { from: 0, to: 40 }))
      for (const { move } of moves) expect(move > -1 && move < 1e9).toBe(true);
  });
});

describe('a filtered plan', () => {
  it('adds up steps of the residuals times a volatility that follows', () => {
    const residual = [-2, 1];
    const model = { ...filteredPlan.model, residuals: [residual] } as MonteCarloPlan['model'];
    const [eth, crv] = movesAt({ ...filteredPlan, model }, 0).map((move) => Math.log1p(move));
    const path = (first: number, r: number, next: (logReturn: number, h: number) => number) => {
      let [h, sum] = [first, 0];
      for (let step = 0; step < 3; step++) {
        const logReturn = Math.sqrt(h) * r;
        sum += logReturn;
        h = next(logReturn, h);
      }
      return sum;
    };
    expect(eth).toBeCloseTo(
      path(0.0004, -2, (r, h) => 0.06 * r * r + 0.94 * h),
      12,
    );
    expect(crv).toBeCloseTo(
      path(0.001, 1, (r, h) => 0.0001 + 0.1 * r * r + 0.8 * h),
      12,
    );
  });

  it('takes the residuals of one moment for all factors', () => {
    const steady = { omega: 0, alpha: 0, beta: 1, variance: 1e-4 };
    const residuals = [
      [-1, -1],
      [2, 2],
    ];
    const model = { kind: 'filtered-historical', steps: 1, filters: [steady, steady], residuals } as const;
    const found = returnsOf({ ...filteredPlan, model }, 0);
    expect(found).toEqual(returnsOf({ ...filteredPlan, model }, 1));
    expect(new Set(found.map((value) => Math.round(value * 100)))).toEqual(new Set([-1, 2]));
  });
});

describe('planCoverage', () => {
  it('says what moves, what is dollars and what stands still', () => {
    const { collateral, debt, still, unused } = planCoverage(openPlan(historicalPlan, book), book);
    expect(collateral).toMatchObject({ stillUsd: 0, dollarUsd: 0, share: 1 });
    expect(collateral.movedUsd).toBeGreaterThan(1e6);
    expect(debt).toMatchObject({ movedUsd: 0, stillUsd: 0 });
    expect(debt.dollarUsd).toBeGreaterThan(1e6);
    expect([still, unused]).toEqual([[], ['LUNA']]);
  });

  it('counts what hangs on what moves, and not its base', () => {
    const axes = [{ what: 'wstETH', moves: [-0.1] }];
    const { collateral, still } = planCoverage(openPlan({ ...gridPlan, axes }, book), book);
    expect(still.map(({ symbol }) => symbol)).toEqual(['ETH']);
    expect(collateral.share).toBeCloseTo(
      collateral.movedUsd / (collateral.movedUsd + still[0]!.collateralUsd),
    );
  });
});

describe('what cannot be', () => {
  it('is said', () => {
    const eth = (what: string) => ({ what, moves: [-0.1] });
    const open = (plan: Plan) => () => openPlan(plan, book);
    expect(open({ ...gridPlan, axes: [eth('DOGE')] })).toThrow('"DOGE" is not in the book');
    expect(open({ ...gridPlan, axes: [eth('ETH'), eth('reference:ETH')] })).toThrow('are both ETH');
    expect(open({ ...studentTPlan, factors: ['DOGE', 'LUNA'] })).toThrow(
      'none of what the plan moves: DOGE, LUNA',
    );
    const covariance = [
      [1, 1],
      [1, 1],
    ];
    expect(open({ ...studentTPlan, model: { ...studentTPlan.model, covariance } as never })).toThrow(
      'not positive definite',
    );
    const skew = [
      [1, 0.5],
      [0.4, 1],
    ];
    expect(open({ ...studentTPlan, model: { ...studentTPlan.model, covariance: skew } as never })).toThrow(
      'not symmetric',
    );
    const moves = Array.from({ length: 1_000 }, () => -0.1);
    const axes = ['ETH', 'CRV', 'wstETH'].map((what) => ({ what, moves }));
    expect(open({ ...gridPlan, axes })).toThrow('more than 10000000');
    expect(() => openPlan(gridPlan, book).scenario(6)).toThrow('scenarios 0 to 5, and none 6');
  });
});
