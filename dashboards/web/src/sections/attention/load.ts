import type { NearLineAnswer } from '../../graph/answers.ts';
import { ask } from '../../graph/ask.ts';

export const NEAR_LINE = /* GraphQL */ `
  query NearLine($maxHealthFactor: Float!, $block: Int) {
    accounts(first: 1, where: { maxHealthFactor: $maxHealthFactor }, orderBy: debt, block: $block) {
      totalCount
      nodes {
        venue
        owner
        healthFactor
        debtUsd
      }
    }
  }
`;

export type NearLine = NearLineAnswer['accounts'];

/** A fall of all that backs them by this makes them due. */
export const NEAR_FALL = -0.05;

/** How many accounts are due, or would be by a small fall, with the one of them that owes most; at a block or at the newest. */
export async function loadNearLine(block: number | undefined, signal: AbortSignal): Promise<NearLine> {
  const variables = { maxHealthFactor: 1 / (1 + NEAR_FALL), block: block ?? null };
  return (await ask<NearLineAnswer>(NEAR_LINE, variables, signal)).accounts;
}
