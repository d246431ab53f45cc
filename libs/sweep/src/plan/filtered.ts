import { wholeAt } from '../random/draws.ts';
import type { FilteredModel } from './plan.ts';
import type { DrawReturns } from './student-t.ts';

/** Opens a model for drawing: one moment of the past per step, drawn with replacement, for all factors together. */
export function openFiltered({ steps, filters, residuals }: FilteredModel): DrawReturns {
  return ({ seed, index }) => {
    const total = new Float64Array(filters.length);
    const variance = Float64Array.from(filters, (filter) => filter.variance);
    for (let step = 0; step < steps; step++) {
      const row = residuals[wholeAt({ seed, index, dimension: step }, residuals.length)]!;
      for (const [factor, { omega, alpha, beta }] of filters.entries()) {
        const logReturn = Math.sqrt(variance[factor]!) * row[factor]!;
        total[factor]! += logReturn;
        variance[factor] = omega + alpha * logReturn ** 2 + beta * variance[factor]!;
      }
    }
    return total;
  };
}
