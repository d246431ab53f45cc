import { ask } from '../../graph/ask.ts';
import type { StartEstimatedSweepAnswer } from '../../graph/answers.ts';
import type { Settings } from '../../scenario/scenario.ts';
import type { PlanChoice } from './choice.ts';
import { settingsInPlan } from './plan.ts';

export const START_ESTIMATED_SWEEP = /* GraphQL */ `
  mutation StartEstimatedSweep(
    $model: EstimatedModel!
    $factors: [String!]!
    $horizonSeconds: Int!
    $stepSeconds: Int!
    $count: Int
    $seed: Float
    $shared: JSON
    $block: Int
  ) {
    startEstimatedSweep(
      model: $model
      factors: $factors
      horizonSeconds: $horizonSeconds
      stepSeconds: $stepSeconds
      count: $count
      seed: $seed
      shared: $shared
      block: $block
    ) {
      id
    }
  }
`;

const MODELS = { fitted: 'student_t', historical: 'historical', filtered: 'filtered' } as const;

/** Starts a sweep whose plan is estimated from stored prices up to a block; gives its id. */
export async function startEstimatedSweep(
  {
    plan,
    settings,
    block,
  }: { readonly plan: PlanChoice; readonly settings: Settings; readonly block: number | undefined },
  signal: AbortSignal,
): Promise<string> {
  const { kind, factors, horizonSeconds, stepSeconds, count, seed } = plan;
  if (kind === 'grid' || kind === 'student-t')
    throw new Error(`bug: a plan of kind ${kind} is not estimated`);
  const variables = {
    ...{ model: MODELS[kind], factors: factors.map(({ what }) => what), horizonSeconds, stepSeconds },
    ...{ count, seed, shared: settingsInPlan(settings), block: block ?? null },
  };
  const answer = await ask<StartEstimatedSweepAnswer>(START_ESTIMATED_SWEEP, variables, signal);
  return answer.startEstimatedSweep.id;
}
