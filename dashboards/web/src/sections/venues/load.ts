import { ask } from '../../graph/ask.ts';
import { listAt, type ListAt } from '../../graph/list-at.ts';
import type { VenuesAnswer } from '../../graph/answers.ts';

export const VENUES = /* GraphQL */ `
  query Venues($block: Int) {
    venues(block: $block) {
      head {
        block
        hash
      }
      bookHash
      nodes {
        id
        protocol
        version
        mechanism
        accounts
        due
        leftOut
        collateralUsd
        largestCollateralUsd
        debtUsd
        funds {
          kind
          asset {
            address
            symbol
          }
          amount
          valueUsd
        }
        gaps {
          source
          reason
          count
          unit
          debtUsd
        }
        terms {
          field
          value
        }
      }
    }
  }
`;

export type Venue = VenuesAnswer['venues']['nodes'][number];

/** The watched venues at a block, or at the newest. */
export async function loadVenues(block: number | undefined, signal: AbortSignal): Promise<ListAt<Venue>> {
  return listAt((await ask<VenuesAnswer>(VENUES, { block: block ?? null }, signal)).venues);
}
