import type { OtherCascadeAnswer } from '../../graph/answers.ts';
import { ask } from '../../graph/ask.ts';
import { scenarioVariables, type Scenario } from '../../scenario/scenario.ts';
import { RUN_FIELDS } from '../what-if/run-fields.ts';

export const OTHER_CASCADE = /* GraphQL */ `
  query OtherCascade(
    $moves: [MoveInput!]!
    $volatilityMove: Float!
    $depthFactor: Float!
    $policies: PoliciesInput!
    $overrides: [String!]!
    $block: Int
  ) {
    cascade(
      moves: $moves
      volatilityMove: $volatilityMove
      depthFactor: $depthFactor
      policies: $policies
      overrides: $overrides
      block: $block
    ) {
      head { block hash }
      ${RUN_FIELDS}
    }
  }
`;

export type OtherCascade = OtherCascadeAnswer['cascade'];

/** What is compared of another scenario, at a block or at the newest. */
export async function loadOtherCascade(
  { block, ...scenario }: Scenario & { readonly block: number | undefined },
  signal: AbortSignal,
): Promise<OtherCascade> {
  const variables = { ...scenarioVariables(scenario), block: block ?? null };
  return (await ask<OtherCascadeAnswer>(OTHER_CASCADE, variables, signal)).cascade;
}
