import { ask } from '../../graph/ask.ts';
import type { ReproductionAnswer } from '../../graph/answers.ts';

export const REPRODUCTION = /* GraphQL */ `
  query Reproduction($drops: [Float!], $block: Int) {
    reproduction(drops: $drops, block: $block) {
      head {
        block
        time
      }
      bookHash
      drops
      lines {
        asset
        symbol
        points {
          drop
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
export const REPRODUCTION_DROPS: readonly number[] = Array.from({ length: 13 }, (_, i) => i / 20);

/** The reproduction number of every asset along its drop, at a block or at the newest. */
export async function loadReproduction(
  block: number | undefined,
  signal: AbortSignal,
): Promise<Reproduction> {
  const variables = { drops: REPRODUCTION_DROPS, block: block ?? null };
  return (await ask<ReproductionAnswer>(REPRODUCTION, variables, signal)).reproduction;
}
