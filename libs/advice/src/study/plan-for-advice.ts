import type { LiquidatorPolicy } from '@undertow/cascade';
import type { Plan, VolatilityFilter } from '@undertow/sweep';
import type { Asked } from './asked.ts';
import { findInput, numberOf } from './given-input.ts';

/** By factor, what its log moves are multiplied by. */
export type MoveScales = ReadonlyMap<string, number>;

/**
 * The plan that an advice runs: with the liquidators that are asked for, and moves as large as options say they will be, where implied
 * volatility is above realised. A plan like every other, so that a pool of threads or machines can sweep it.
 */
export function planForAdvice(asked: Asked, time: number): Plan | undefined {
  const { plan, gasUsd, capacityUsd } = asked;
  if (plan === undefined) return undefined;
  const before = plan.policies?.liquidators;
  const gas = gasUsd ?? (before && 'gasUsd' in before ? before.gasUsd : 0);
  const isAsked = gasUsd !== undefined || capacityUsd !== undefined;
  const liquidators: LiquidatorPolicy =
    capacityUsd === undefined
      ? { kind: 'rational', gasUsd: gas }
      : { kind: 'capital', gasUsd: gas, capitalUsd: capacityUsd };
  const acted = isAsked ? { ...plan, policies: { ...plan.policies, liquidators } } : plan;
  return scaledPlan(acted, moveScales(asked, time));
}

/** Implied ÷ realised volatility of each factor for which both are given and fresh, where that is above 1. */
export function moveScales({ plan, given = [] }: Asked, time: number): MoveScales {
  const scales = new Map<string, number>();
  if (plan === undefined || plan.kind === 'grid') return scales;
  for (const of of plan.factors) {
    const realised = numberOf(findInput(given, { name: 'realised-volatility', of, time }));
    const implied = numberOf(findInput(given, { name: 'implied-volatility', of, time }));
    if (realised && implied !== undefined && implied > realised) scales.set(of, implied / realised);
  }
  return scales;
}

/** A plan whose factors move so many times as far, in log returns. A grid stays as it was chosen. */
export function scaledPlan(plan: Plan, scales: MoveScales): Plan {
  if (plan.kind === 'grid' || scales.size === 0) return plan;
  const by = plan.factors.map((factor) => scales.get(factor) ?? 1);
  if (plan.kind === 'historical') {
    const windows = plan.windows.map(({ start, logReturns }) => ({
      start,
      logReturns: logReturns.map((value, at) => value * by[at]!),
    }));
    return { ...plan, windows };
  }
  const { model } = plan;
  if (model.kind === 'student-t') {
    const covariance = model.covariance.map((row, a) => row.map((value, b) => value * by[a]! * by[b]!));
    return { ...plan, model: { ...model, covariance } };
  }
  const filters = model.filters.map((filter, at): VolatilityFilter => ({
    ...filter,
    omega: filter.omega * by[at]! ** 2,
    variance: filter.variance * by[at]! ** 2,
  }));
  return { ...plan, model: { ...model, filters } };
}
