import { ask } from '../../graph/ask.ts';
import type { ReproductionAnswer } from '../../graph/answers.ts';

export const REPRODUCTION = /* GraphQL */ `
  query Reproduction($moves: [Float!], $block: Int) {
    reproduction(moves: $moves, block: $block) {
      head {
        block
        hash
        time
      }
      bookHash
      moves
      lines {
        asset {
          address
          symbol
        }
        points {
          move
          reproduction
        }
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

export type Reproduction = ReproductionAnswer['reproduction'];
export type ReproductionLine = Reproduction['lines'][number];

/** From the present price to 60 % down, in steps of five. */
export const REPRODUCTION_MOVES: readonly number[] = Array.from({ length: 13 }, (_, i) =>
  i === 0 ? 0 : -i / 20,
);

/** The reproduction number of every asset along the fall of its price, at a block or at the newest. */
export async function loadReproduction(
  block: number | undefined,
  signal: AbortSignal,
): Promise<Reproduction> {
  const variables = { moves: REPRODUCTION_MOVES, block: block ?? null };
  return (await ask<ReproductionAnswer>(REPRODUCTION, variables, signal)).reproduction;
}
