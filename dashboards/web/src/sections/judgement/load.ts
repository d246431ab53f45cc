import { ask } from '../../graph/ask.ts';
import type { JudgedAtAnswer, JudgementAnswer } from '../../graph/answers.ts';
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
    $lossesOf: LossesOf
    $behaviour: OwnerBehaviour
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
      lossesOf: $lossesOf
      behaviour: $behaviour
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
  }
`;

/** A judgement is asked alone: it is as much as one query may cost. */
export const JUDGED_AT = /* GraphQL */ `
  query JudgedAt($block: Int) {
    venues(block: $block) {
      head {
        block
        hash
      }
      bookHash
    }
  }
`;

/** What a change that somebody typed comes to, and the block that it was run at; undefined where the newest has gone on meanwhile. */
export type Judgement = JudgementAnswer['judgement'] & {
  readonly head: JudgedAtAnswer['venues']['head'] | undefined;
};

export interface JudgementVariables extends Omit<
  StartAdviceVariables,
  'venue' | 'market' | 'parameters' | 'limits' | 'backtestDates'
> {
  readonly overrides: readonly string[];
}

export async function loadJudgement(variables: JudgementVariables, signal: AbortSignal): Promise<Judgement> {
  const { judgement } = await ask<JudgementAnswer>(JUDGEMENT, variables, signal);
  const { venues } = await ask<JudgedAtAnswer>(JUDGED_AT, { block: variables.block }, signal);
  return { ...judgement, head: venues.bookHash === judgement.bookHash ? venues.head : undefined };
}
