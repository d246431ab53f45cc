import { ask } from '../../graph/ask.ts';
import type { WholeReproductionAnswer } from '../../graph/answers.ts';
import { REPRODUCTION_MOVES } from '../reproduction/load.ts';

export const WHOLE_REPRODUCTION = /* GraphQL */ `
  query WholeReproduction($moves: [Float!], $block: Int) {
    wholeReproduction(moves: $moves, block: $block) {
      head {
        block
        hash
        time
      }
      bookHash
      points {
        move
        reproduction
        leftOut
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

export type WholeReproduction = WholeReproductionAnswer['wholeReproduction'];

/** How strongly liquidation feeds itself in the whole book along a fall of all prices, at a block or at the newest. */
export async function loadWholeReproduction(
  block: number | undefined,
  signal: AbortSignal,
): Promise<WholeReproduction> {
  const variables = { moves: REPRODUCTION_MOVES, block: block ?? null };
  return (await ask<WholeReproductionAnswer>(WHOLE_REPRODUCTION, variables, signal)).wholeReproduction;
}
