import { ask } from '../../graph/ask.ts';
import type { ReverseStressAnswer } from '../../graph/answers.ts';

const POINT = /* GraphQL */ `
  distance
  lossUsd
  moves {
    what
    move
  }
`;

export const REVERSE_STRESS = /* GraphQL */ `
  query ReverseStress($sweep: ID!, $lossUsd: Float!, $venue: String) {
    reverseStress(sweep: $sweep, lossUsd: $lossUsd, venue: $venue) {
      lossUsd
      venue
      nearest {
        ${POINT}
      }
      path {
        ${POINT}
      }
      searched {
        directions
        farthest
        evaluations
        tolerance
      }
    }
  }
`;

export type ReverseStress = ReverseStressAnswer['reverseStress'];
export type StressPoint = ReverseStress['path'][number];

/** Which loss is looked for. */
export interface StressWanted {
  readonly sweep: string;
  readonly lossUsd: number;
  readonly venue: string | undefined;
}

/** The least unlikely move that loses so much, by the plan and the book of a sweep. */
export async function loadReverseStress(
  { venue, ...wanted }: StressWanted,
  signal: AbortSignal,
): Promise<ReverseStress> {
  const variables = { ...wanted, venue: venue ?? null };
  return (await ask<ReverseStressAnswer>(REVERSE_STRESS, variables, signal)).reverseStress;
}
