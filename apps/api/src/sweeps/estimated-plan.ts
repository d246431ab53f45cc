import {
  DAILY_LAMBDA,
  filteredPlan,
  historicalPlan,
  jointReturns,
  priceTable,
  studentTPlan,
  type Plan,
  type PriceRow,
} from '@undertow/sweep';
import { inputError } from '../errors.ts';
import { MOST_SCENARIOS_ASKED } from './sweep-runs.ts';

/** What is made of prices. */
export interface EstimatedOf {
  readonly model: 'historical' | 'student-t' | 'filtered';
  readonly factors: readonly string[];
  readonly horizonSeconds: number;
  readonly stepSeconds: number;
  readonly count: number | null;
  readonly seed: number | null;
}

/** A plan of prices; a volatility is followed by EWMA, with the memory of a day's λ. */
export function estimatedPlan(rows: readonly PriceRow[], asked: EstimatedOf): Plan {
  const { model, factors: wanted, horizonSeconds, stepSeconds } = asked;
  const drawn = { count: asked.count ?? 1_000, seed: asked.seed ?? 1 };
  if (drawn.count > MOST_SCENARIOS_ASKED)
    throw inputError(`count is ${drawn.count}; it may be at most ${MOST_SCENARIOS_ASKED}.`);
  const table = priceTable(rows, stepSeconds);
  if (model === 'historical') return historicalPlan(jointReturns(table, { horizonSeconds, wanted }));
  if (model === 'student-t') return studentTPlan(jointReturns(table, { horizonSeconds, wanted }), drawn);
  const steps = horizonSeconds / stepSeconds;
  const lambda = DAILY_LAMBDA ** (stepSeconds / 86_400);
  const returns = jointReturns(table, { horizonSeconds: stepSeconds, wanted });
  return filteredPlan(returns, { ...drawn, steps, filter: { kind: 'ewma', lambda } });
}
