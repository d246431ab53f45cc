import { ask } from '../../graph/ask.ts';
import type { JudgementAnswer } from '../../graph/answers.ts';
import { LOSSES, MADE_DUE } from '../advice-one/losses.ts';
import type { StartAdviceVariables } from '../advice-form/load.ts';

export const JUDGEMENT = /* GraphQL */ `
  query Judgement(
    $overrides: [String!]!
    $toleranceUsd: Float
    $toleranceShare: Float
    $confidence: Float!
    $plan: JSON
    $horizonSeconds: Int!
    $count: Int!
    $block: Int
  ) {
    judgement(
      overrides: $overrides
      toleranceUsd: $toleranceUsd
      toleranceShare: $toleranceShare
      confidence: $confidence
      plan: $plan
      horizonSeconds: $horizonSeconds
      count: $count
      block: $block
    ) {
      verdict
      words
      changes
      before {
        ${LOSSES}
      }
      after {
        ${LOSSES}
      }
      afterIfNobodyActs {
        ${LOSSES}
      }
      madeDue {
        ${MADE_DUE}
      }
      missing {
        name
        why
        follows
      }
      bookHash
    }
    venues(block: $block) {
      head {
        block
        hash
      }
    }
  }
`;

/** What a change that somebody typed comes to, and the block that it was run at. */
export type Judgement = JudgementAnswer['judgement'] & JudgementAnswer['venues'];

export interface JudgementVariables extends Omit<StartAdviceVariables, 'venue' | 'market' | 'parameters'> {
  readonly overrides: readonly string[];
}

export async function loadJudgement(variables: JudgementVariables, signal: AbortSignal): Promise<Judgement> {
  const { judgement, venues } = await ask<JudgementAnswer>(JUDGEMENT, variables, signal);
  return { ...judgement, ...venues };
}
