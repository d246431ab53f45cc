import { ask } from '../../graph/ask.ts';
import type { ReverseStressByVenueAnswer } from '../../graph/answers.ts';
import type { StressWanted } from '../reverse-stress/load.ts';

export const STRESS_BY_VENUE = /* GraphQL */ `
  query ReverseStressByVenue($sweep: ID!, $lossUsd: Float!) {
    reverseStressByVenue(sweep: $sweep, lossUsd: $lossUsd) {
      lossUsd
      venue
      nearest {
        distance
        lossUsd
        moves {
          what
          move
        }
      }
      searched {
        evaluations
        farthest
      }
    }
  }
`;

export type StressByVenue = ReverseStressByVenueAnswer['reverseStressByVenue'];

/** The least unlikely moves that lose so much, of all together and of each venue by itself. */
export async function loadStressByVenue(
  { sweep, lossUsd }: Omit<StressWanted, 'venue'>,
  signal: AbortSignal,
): Promise<StressByVenue> {
  const answer = await ask<ReverseStressByVenueAnswer>(STRESS_BY_VENUE, { sweep, lossUsd }, signal);
  return answer.reverseStressByVenue;
}
