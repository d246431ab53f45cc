import { ask } from '../graph/ask.ts';
import type { CascadeAnswer } from '../graph/answers.ts';
import type { Shock } from '../scenario/scenario.ts';

export const CASCADE = /* GraphQL */ `
  query Cascade($shocks: [ShockInput!]!, $volatilityShock: Float!, $block: Int, $accounts: Int!) {
    cascade(shocks: $shocks, volatilityShock: $volatilityShock, block: $block) {
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
      volatilityShock
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
          priceBeforeUsd
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
      funds {
        venue
        fund
        asset
        symbol
        before
        after
        paidUsd
        receivedUsd
        lossUsd
      }
      waterfall {
        venue
        lossUsd
        fundUsd
        socialisedUsd
        leftUsd
      }
      contagion {
        cause
        asset
        symbol
        venue
        liquidatedUsd
        badDebtUsd
      }
      flows {
        venue
        asset
        symbol
        soldUsd
        boughtUsd
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

export type Cascade = CascadeAnswer['cascade'];
export type Round = Cascade['rounds'][number];

const ACCOUNTS_SHOWN = 20;

/** What moves, and at which block; undefined = the newest. */
export interface CascadeWanted {
  readonly shocks: readonly Shock[];
  readonly volatility: number;
  readonly block: number | undefined;
}

/** One cascade round by round. */
export async function loadCascade(
  { shocks, volatility, block }: CascadeWanted,
  signal: AbortSignal,
): Promise<Cascade> {
  const variables = {
    ...{ shocks, volatilityShock: volatility },
    ...{ block: block ?? null, accounts: ACCOUNTS_SHOWN },
  };
  return (await ask<CascadeAnswer>(CASCADE, variables, signal)).cascade;
}
