import { ask } from '../../graph/ask.ts';
import type { CapUpdateAnswer } from '../../graph/answers.ts';
import type { CapUpdateChoice } from './choice.ts';

export const CAP_UPDATE = /* GraphQL */ `
  query CapUpdate($oracle: String!, $ratio: Float!, $time: Timestamp!, $mostChange: Float, $block: Int) {
    capUpdate(oracle: $oracle, ratio: $ratio, time: $time, mostChange: $mostChange, block: $block) {
      head {
        block
        hash
      }
      bookHash
      coverage {
        share
        gaps {
          debtUsd
        }
      }
      feed
      label
      rate
      ratio
      isHeldBack
      headroomBefore
      headroomAfter
      latestSince
      prices {
        id
        asset {
          symbol
          address
        }
        beforeUsd
        afterUsd
      }
      madeDueAccounts
      madeDueUsd
      madeDue(first: 100) {
        venue
        market
        owner
        debtUsd
        healthBefore
        healthAfter
      }
    }
  }
`;

export type CapUpdate = CapUpdateAnswer['capUpdate'];

/** What an update of a cap would do before it lands. */
export async function loadCapUpdate(
  { since: time, ...choice }: CapUpdateChoice,
  block: number | undefined,
  signal: AbortSignal,
): Promise<CapUpdate> {
  const variables = { ...choice, mostChange: choice.mostChange ?? null, time, block: block ?? null };
  return (await ask<CapUpdateAnswer>(CAP_UPDATE, variables, signal)).capUpdate;
}
