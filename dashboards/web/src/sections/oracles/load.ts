import { ask } from '../../graph/ask.ts';
import type { OraclesAnswer } from '../../graph/answers.ts';

export const ORACLES = /* GraphQL */ `
  query Oracles($block: Int) {
    oracles(block: $block) {
      head {
        block
        hash
      }
      bookHash
      coverage {
        share
        gaps {
          debtUsd
        }
      }
      debtUsd
      partlyAtOracleDebtUsd
      sequencer {
        state
        since
        isSinceKnown
        graceEndsAt
      }
      withoutMarket {
        address
        symbol
      }
      oracles {
        id
        asset {
          address
          symbol
        }
        venues
        priceUsd
        marketPriceUsd
        market {
          of {
            address
            symbol
          }
          counted
          spread
          sources {
            kind
            name
            symbol
            priceUsd
            weightUsd
            ageSeconds
            clockSeconds
            rejected
          }
        }
        deviation
        isConstant
        feeds
        pricedUsd
        capHeadroom
        borrowableOfMarket
        costToMove {
          tradedUsd
          costUsd
          isEnded
        }
        warnings {
          kind
          severity
          value
        }
      }
      feeds {
        id
        label
        answer
        marketAnswer
        answeredAt
        ageSeconds
        rule {
          threshold
          heartbeatSeconds
          clocks {
            periodSeconds
            phaseSeconds
          }
        }
        ageOfHeartbeat
        trading {
          isOpen
          changesAt
          by
        }
        isClosingUnknown
        moveOfThreshold
        jump
        boundHeadroom
        answersKnown
        knownSince
        warnings {
          kind
          severity
          value
        }
      }
      pairs {
        venue
        market
        collateral {
          address
          symbol
        }
        debt {
          address
          symbol
        }
        collateralFeeds
        debtFeeds
        debtUsd
        splitLegs
        apartSeconds
        warnings {
          kind
          severity
          value
        }
      }
      assets {
        asset {
          address
          symbol
        }
        oracles {
          venues
          priceUsd
        }
        disagreement
        pricedUsd
        warnings {
          kind
          severity
          value
        }
      }
      hidden {
        accounts
        debtUsd
        largest(first: 20) {
          venue
          owner
          market
          debtUsd
          healthAtOracle
          healthAtMarket
        }
      }
      phantom {
        accounts
        debtUsd
        largest(first: 20) {
          venue
          owner
          market
          debtUsd
          healthAtOracle
          healthAtMarket
        }
      }
    }
  }
`;

export type Oracles = OraclesAnswer['oracles'];
export type Oracle = Oracles['oracles'][number];
export type MarketSource = NonNullable<Oracle['market']>['sources'][number];
export type Feed = Oracles['feeds'][number];
export type Warning = Oracle['warnings'][number];
export type Disputed = Oracles['hidden'];

/** Every oracle against its market and every feed against its own rule, at a block or at the newest. */
export async function loadOracles(block: number | undefined, signal: AbortSignal): Promise<Oracles> {
  return (await ask<OraclesAnswer>(ORACLES, { block: block ?? null }, signal)).oracles;
}
