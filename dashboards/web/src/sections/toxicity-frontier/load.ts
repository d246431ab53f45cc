import { ask } from '../../graph/ask.ts';
import type { ToxicityFrontierAnswer } from '../../graph/answers.ts';

const POINT = /* GraphQL */ `
  bonus
  threshold
  by
`;

export const TOXICITY_FRONTIER = /* GraphQL */ `
  query ToxicityFrontier($venue: String!, $market: String!, $block: Int) {
    toxicityFrontier(venue: $venue, market: $market, block: $block) {
      points {
        ${POINT}
      }
      contract {
        ${POINT}
      }
      threshold
      bonus
      slippage
      sizeUsd
      closeShare
      lagFall
      why
    }
    venues(block: $block) {
      head {
        block
        hash
      }
      bookHash
    }
  }
`;

/** Where liquidations of a market turn toxic, and the block and book that it is told of. */
export type Frontier = ToxicityFrontierAnswer['toxicityFrontier'] & ToxicityFrontierAnswer['venues'];

/** The frontier of a market; null where nobody owes against it. */
export async function loadFrontier(
  at: { readonly venue: string; readonly market: string; readonly block: number | null },
  signal: AbortSignal,
): Promise<Frontier | null> {
  const answer = await ask<ToxicityFrontierAnswer>(TOXICITY_FRONTIER, at, signal);
  // Without an error: here null is an answer.
  const found = answer.toxicityFrontier as ToxicityFrontierAnswer['toxicityFrontier'] | null;
  return found && { ...found, ...answer.venues };
}
