import { ask } from '../graph/ask.ts';
import type { CascadeAnswer } from '../graph/answers.ts';
import type { Shock } from '../scenario/scenario.ts';

export const CASCADE = /* GraphQL */ `
  query Cascade($shocks: [ShockInput!]!, $block: Int, $accounts: Int!) {
    cascade(shocks: $shocks, block: $block) {
      head {
        block
        time
      }
      bookHash
      shocks {
        asset
        symbol
        ratio
      }
      converged
      accounts
      liquidatedUsd
      repaidUsd
      badDebtUsd
      liquidatorProfitUsd
      amplification
      rounds {
        index
        accounts
        liquidatedUsd
        repaidUsd
        badDebtUsd
        assets {
          asset
          symbol
          priceAfterUsd
        }
        byVenue {
          venue
          liquidatedUsd
        }
      }
      byVenue {
        venue
        accounts
        liquidatedUsd
        repaidUsd
        badDebtUsd
      }
      byAsset {
        asset
        symbol
        priceBeforeUsd
        priceAfterUsd
        seized
        sold
        bought
        unsold
      }
      byAccount(first: $accounts) {
        venue
        owner
        market
        firstRound
        liquidatedUsd
        repaidUsd
        badDebtUsd
      }
      coverage {
        share
      }
    }
  }
`;

export type Cascade = CascadeAnswer['cascade'];
export type Round = Cascade['rounds'][number];

const ACCOUNTS_SHOWN = 20;

/** One cascade round by round at a block, or at the newest. */
export async function loadCascade(
  shocks: readonly Shock[],
  block: number | undefined,
  signal: AbortSignal,
): Promise<Cascade> {
  const variables = { shocks, block: block ?? null, accounts: ACCOUNTS_SHOWN };
  return (await ask<CascadeAnswer>(CASCADE, variables, signal)).cascade;
}
