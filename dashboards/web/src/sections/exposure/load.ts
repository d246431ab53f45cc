import { ask } from '../../graph/ask.ts';
import type { ExposuresAnswer } from '../../graph/answers.ts';

export const EXPOSURES = /* GraphQL */ `
  query Exposures($block: Int) {
    exposures(block: $block) {
      head {
        block
        hash
        time
      }
      bookHash
      assets {
        asset {
          address
          symbol
        }
        priceUsd
        isFixed
        reference
        tie
        tiedTo {
          address
          symbol
        }
        collateralUsd
        debtUsd
        netUsd
      }
      venues {
        venue
        cells {
          asset {
            address
          }
          collateralUsd
          debtUsd
          netUsd
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

export type Exposures = ExposuresAnswer['exposures'];
export type ExposureAsset = Exposures['assets'][number];
export type Exposure = Exposures['venues'][number]['cells'][number];

/** Venue × asset at a block, or at the newest. */
export async function loadExposures(block: number | undefined, signal: AbortSignal): Promise<Exposures> {
  return (await ask<ExposuresAnswer>(EXPOSURES, { block: block ?? null }, signal)).exposures;
}
