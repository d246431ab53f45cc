import { ask } from '../../graph/ask.ts';
import type { CascadeAnswer } from '../../graph/answers.ts';
import { scenarioVariables, type Scenario } from '../../scenario/scenario.ts';

export const CASCADE = /* GraphQL */ `
  query Cascade(
    $moves: [MoveInput!]!
    $volatilityMove: Float!
    $depthFactor: Float!
    $policies: PoliciesInput!
    $overrides: [String!]!
    $block: Int
    $accounts: Int!
  ) {
    cascade(
      moves: $moves
      volatilityMove: $volatilityMove
      depthFactor: $depthFactor
      policies: $policies
      overrides: $overrides
      block: $block
    ) {
      headline
      head {
        block
        hash
        time
      }
      bookHash
      scenario {
        moves {
          what
          move
        }
        volatilityMove
        depthFactor
        liquidators
        gasUsd
        capitalUsd
        oracles
        depositors
      }
      overrides
      moves {
        asset {
          address
          symbol
        }
        reference
        marketMove
        oracleMoves
      }
      converged
      lossUsd
      lossAtSaleUsd
      badDebtUsd
      shortfallUsd
      shortfallAtSaleUsd
      shortfallBeforeUsd
      stuckUsd
      accounts
      liquidatedUsd
      repaidUsd
      liquidatorProfitUsd
      depositorProfitUsd
      amplification
      band {
        between {
          lossUsd
          badDebtUsd
        }
        within {
          lossUsd
          badDebtUsd
        }
      }
      stuck {
        venue
        reason
        because
        accounts
        debtUsd
      }
      endedMarkets
      rounds {
        index
        accounts
        liquidatedUsd
        repaidUsd
        badDebtUsd
        assets {
          asset {
            address
            symbol
          }
          marketAfterUsd
        }
        byVenue {
          venue
          liquidatedUsd
        }
      }
      byVenue {
        venue
        lossUsd
        badDebtUsd
        shortfallUsd
        stuckUsd
        accounts
        liquidatedUsd
        repaidUsd
      }
      byMarket {
        venue
        market
        label
        asset {
          address
          symbol
        }
        lossUsd
        badDebtUsd
        shortfallUsd
      }
      byAsset {
        asset {
          address
          symbol
        }
        oracleBeforeUsd
        oracleAfterUsd
        marketAfterUsd
        seized
        sold
        bought
        exchanged
        unsold
        unbought
      }
      byAccount(first: $accounts) {
        venue
        owner
        market
        firstRound
        stuckBecause
        lossUsd
        stuckUsd
        liquidatedUsd
        repaidUsd
      }
      lots {
        venue
        asset {
          address
          symbol
        }
        holder
        amount
        valueUsd
      }
      funds {
        venue
        fund
        asset {
          address
          symbol
        }
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
        openUsd
      }
      contagion {
        cause
        asset {
          address
          symbol
        }
        venue
        liquidatedUsd
        badDebtUsd
      }
      flows {
        venue
        asset {
          address
          symbol
        }
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

/** One cascade round by round, at a block or at the newest. */
export async function loadCascade(
  { block, ...scenario }: Scenario & { readonly block: number | undefined },
  signal: AbortSignal,
): Promise<Cascade> {
  const variables = { ...scenarioVariables(scenario), block: block ?? null, accounts: ACCOUNTS_SHOWN };
  return (await ask<CascadeAnswer>(CASCADE, variables, signal)).cascade;
}
