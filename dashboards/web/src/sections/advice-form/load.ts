import { ask } from '../../graph/ask.ts';
import type { StartAdviceAnswer } from '../../graph/answers.ts';
import type { SweepPlan } from '../sweep-plan/plan.ts';
import type { ChosenParameter, LOSSES, OWNERS } from './choice.ts';
import type { StewardLimits } from './own-limits.ts';

export const START_ADVICE = /* GraphQL */ `
  mutation StartAdvice(
    $venue: String
    $market: String
    $parameters: [AdvisedParameter!]
    $toleranceUsd: Float
    $toleranceShare: Float
    $confidence: Float!
    $plan: JSON
    $horizonSeconds: Int!
    $count: Int!
    $lossesOf: LossesOf
    $behaviour: OwnerBehaviour
    $limits: JSON
    $backtestDates: Int!
    $block: Int
  ) {
    startAdvice(
      venue: $venue
      market: $market
      parameters: $parameters
      toleranceUsd: $toleranceUsd
      toleranceShare: $toleranceShare
      confidence: $confidence
      plan: $plan
      horizonSeconds: $horizonSeconds
      count: $count
      lossesOf: $lossesOf
      behaviour: $behaviour
      limits: $limits
      backtestDates: $backtestDates
      block: $block
    ) {
      id
    }
  }
`;

export interface StartAdviceVariables {
  readonly venue: string | null;
  readonly market: string | null;
  readonly parameters: readonly ChosenParameter['kind'][] | null;
  readonly toleranceUsd: number | null;
  readonly toleranceShare: number | null;
  readonly confidence: number;
  /** Null: drawn from stored prices. */
  readonly plan: SweepPlan | null;
  readonly horizonSeconds: number;
  readonly count: number;
  readonly lossesOf: Exclude<(typeof LOSSES)[number], ''> | null;
  readonly behaviour: (typeof OWNERS)[number];
  /** A preset by its name, or limits as docs/examples/limits has them; null: no steps. */
  readonly limits: string | StewardLimits | null;
  readonly backtestDates: number;
  readonly block: number | null;
}

/** Starts a run of advices; gives its id. */
export const startAdvice = async (variables: StartAdviceVariables, signal: AbortSignal): Promise<string> =>
  (await ask<StartAdviceAnswer>(START_ADVICE, variables, signal)).startAdvice.id;
