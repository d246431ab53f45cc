import type { HeadlineAnswer } from '../../graph/answers.ts';
import { ask } from '../../graph/ask.ts';
import type { Move } from '../../scenario/scenario.ts';

export const HEADLINE = /* GraphQL */ `
  query Headline($moves: [MoveInput!]!, $block: Int) {
    cascade(moves: $moves, block: $block) {
      headline
      head {
        block
        hash
        time
      }
      bookHash
      scenario {
        moves {
          what
          move
        }
        volatilityMove
        depthFactor
      }
      accounts
      waterfall {
        venue
        lossUsd
        fundUsd
        socialisedUsd
        leftUsd
        openUsd
      }
      coverage {
        share
        gaps {
          debtUsd
        }
      }
    }
  }
`;

export type Headline = HeadlineAnswer['cascade'];

/** What a move would cost in a few words, and who would bear it, at a block or at the newest. */
export async function loadHeadline(
  move: Move,
  block: number | undefined,
  signal: AbortSignal,
): Promise<Headline> {
  return (await ask<HeadlineAnswer>(HEADLINE, { moves: [move], block: block ?? null }, signal)).cascade;
}
