import { openPlan, type MonteCarloPlan, type Plan } from '@undertow/sweep';
import { crowdBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { filteredPlan, gridPlan, historicalPlan, studentTPlan } from '../../../sweep/src/fixtures/plans.ts';
import type { Asked } from './asked.ts';
import type { GivenInput } from './given-input.ts';
import { checkGiven, findInput } from './given-input.ts';
import { moveScales, planForAdvice, scaledPlan } from './plan-for-advice.ts';

const asked = (plan: Plan | undefined, rest: Partial<Asked> = {}): Asked => ({
  ...{ plan, confidence: 0.99, tolerance: { most: { kind: 'usd', usd: 1 } }, ...rest },
});
const volatility = (
  name: 'realised-volatility' | 'implied-volatility',
  value: number,
  asOf = 0,
): GivenInput => ({
  ...{ name, of: 'ETH', value, source: 'a test', asOf, staleAfterSeconds: 100 },
});

describe('planForAdvice', () => {
  it('moves everything as many times as far as options say, in log returns', () => {
    for (const plan of [historicalPlan, studentTPlan, filteredPlan]) {
      const book = crowdBook();
      const scaled = openPlan(scaledPlan(plan, new Map([['ETH', 2]])), book);
      const before = openPlan(plan, book);
      for (let index = 0; index < 2; index++) {
        const log = (opened: typeof before, at: number) => Math.log1p(opened.scenario(index).moves[at]!.move);
        expect(log(scaled, 0)).toBeCloseTo(2 * log(before, 0), 9);
        // Of two factors that are drawn together only the named one moves farther.
        expect(log(scaled, 1)).toBeCloseTo(log(before, 1), 9);
      }
    }
    expect(scaledPlan(gridPlan, new Map([['ETH', 2]]))).toBe(gridPlan);
  });

  it('takes implied volatility where it is above realised, and fresh', () => {
    const given = [volatility('realised-volatility', 0.04), volatility('implied-volatility', 0.06)];
    expect(moveScales(asked(studentTPlan, { given }), 50)).toEqual(new Map([['ETH', 1.5]]));
    expect(moveScales(asked(studentTPlan, { given }), 101).size).toBe(0);
    const calm = [volatility('realised-volatility', 0.06), volatility('implied-volatility', 0.04)];
    expect(moveScales(asked(studentTPlan, { given: calm }), 50).size).toBe(0);
  });

  it('has the liquidators that are asked for', () => {
    const policyOf = (rest: Partial<Asked>) =>
      (planForAdvice(asked(studentTPlan, rest), 0) as MonteCarloPlan).policies;
    expect(policyOf({})).toBeUndefined();
    expect(policyOf({ gasUsd: 30 })).toEqual({ liquidators: { kind: 'rational', gasUsd: 30 } });
    expect(policyOf({ capacityUsd: 1e6 })).toEqual({
      liquidators: { kind: 'capital', gasUsd: 0, capitalUsd: 1e6 },
    });
    expect(planForAdvice(asked(undefined), 0)).toBeUndefined();
  });
});

describe('what is given', () => {
  it('is found while it is fresh, and else says why not', () => {
    const given = [volatility('implied-volatility', 0.06)];
    const find = (time: number, of = 'ETH') => findInput(given, { name: 'implied-volatility', of, time });
    expect(find(100).input).toBe(given[0]);
    expect(find(101).why).toBe('it is stale: 101 seconds old, and good for 100');
    expect(find(0, 'BTC').why).toBe('it is not given');
  });

  it('must be of its unit', () => {
    expect(() => checkGiven([volatility('implied-volatility', NaN)])).toThrow('a number of at least 0');
    expect(() => checkGiven([{ name: 'hourly-returns', of: 'ETH', value: 3, source: '' }])).toThrow(
      'a list of log',
    );
  });
});
