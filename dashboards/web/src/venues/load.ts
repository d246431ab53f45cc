import { ask } from '../graph/ask.ts';
import type { VenuesAnswer } from '../graph/answers.ts';

export const VENUES = /* GraphQL */ `
  query Venues {
    venues {
      id
      protocol
      version
      mechanism
      accounts
      due
      collateralUsd
      debtUsd
      funds {
        kind
        asset
        symbol
        amount
        valueUsd
      }
      gaps {
        source
        reason
        count
        debtUsd
      }
    }
  }
`;

export type Venue = VenuesAnswer['venues'][number];

/** The watched venues at the newest block. */
export async function loadVenues(signal: AbortSignal): Promise<readonly Venue[]> {
  return (await ask<VenuesAnswer>(VENUES, {}, signal)).venues;
}
