import { ask } from '../../graph/ask.ts';
import type { SweepPlanAnswer } from '../../graph/answers.ts';
import type { PlanChoice } from './choice.ts';
import type { SweepPlan } from './plan.ts';

export const SWEEP_PLAN = /* GraphQL */ `
  query SweepPlan(
    $model: EstimatedModel!
    $factors: [String!]!
    $horizonSeconds: Int!
    $stepSeconds: Int!
    $count: Int
    $seed: Float
    $block: Int
  ) {
    sweepPlan(
      model: $model
      factors: $factors
      horizonSeconds: $horizonSeconds
      stepSeconds: $stepSeconds
      count: $count
      seed: $seed
      block: $block
    ) {
      plan
    }
  }
`;

const MODELS = { fitted: 'student_t', historical: 'historical', filtered: 'filtered' } as const;

/** A plan that is estimated from stored prices up to a block. */
export async function loadEstimated(
  { kind, factors, horizonSeconds, stepSeconds, count, seed }: PlanChoice,
  block: number | undefined,
  signal: AbortSignal,
): Promise<SweepPlan> {
  if (kind === 'grid' || kind === 'student-t') throw new Error(`bug: a plan of kind ${kind} is not estimated`);
  const variables = {
    ...{ model: MODELS[kind], factors: factors.map(({ what }) => what), horizonSeconds, stepSeconds },
    ...{ count, seed, block: block ?? null },
  };
  const { sweepPlan } = await ask<SweepPlanAnswer>(SWEEP_PLAN, variables, signal);
  return sweepPlan.plan as SweepPlan;
}
