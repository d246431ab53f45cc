import { ask } from '../../graph/ask.ts';
import type { WhatIfAnswer } from '../../graph/answers.ts';
import { RUN_FIELDS } from './run-fields.ts';
import { scenarioVariables, type Scenario } from '../../scenario/scenario.ts';

export const WHAT_IF = /* GraphQL */ `
  query WhatIf(
    $overrides: [String!]!
    $moves: [MoveInput!]!
    $volatilityMove: Float!
    $depthFactor: Float!
    $policies: PoliciesInput!
    $block: Int
    $accounts: Int!
  ) {
    whatIf(
      overrides: $overrides
      moves: $moves
      volatilityMove: $volatilityMove
      depthFactor: $depthFactor
      policies: $policies
      block: $block
    ) {
      head { block hash }
      overrides
      withoutEffect
      bookHash
      madeDueAccounts
      madeDueUsd
      madeDue(first: $accounts) { venue owner market debtUsd healthBefore healthAfter }
      before { ${RUN_FIELDS} }
      after { ${RUN_FIELDS} }
    }
  }
`;

export type WhatIf = WhatIfAnswer['whatIf'];
export type Run = WhatIf['before'];

const ACCOUNTS_SHOWN = 20;

/** A scenario under the terms in force and under others, at a block or at the newest. */
export async function loadWhatIf(
  { block, ...scenario }: Scenario & { readonly block: number | undefined },
  signal: AbortSignal,
): Promise<WhatIf> {
  const variables = { ...scenarioVariables(scenario), block: block ?? null, accounts: ACCOUNTS_SHOWN };
  return (await ask<WhatIfAnswer>(WHAT_IF, variables, signal)).whatIf;
}
