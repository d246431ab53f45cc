import { ask } from '../../graph/ask.ts';
import type { FeedDelayAnswer, OraclesAnswer } from '../../graph/answers.ts';

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
        day {
          since
          marketSince
          came
          missed
          missedUnknown
          jumps
          jumpCoverage
          coverageUnknown
        }
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

/** Only of the feed that somebody opens: it costs too much to be asked of all at every block. */
export const FEED_DELAY = /* GraphQL */ `
  query FeedDelay($feed: String!, $block: Int) {
    oracles(block: $block) {
      feeds(ids: [$feed]) {
        delay {
          seconds
          leastSeconds
          greatestSeconds
          error
          errorWithoutDelay
          samples
        }
      }
    }
  }
`;

export type Oracles = OraclesAnswer['oracles'];
export type Oracle = Oracles['oracles'][number];
export type MarketSource = NonNullable<Oracle['market']>['sources'][number];
export type Feed = Oracles['feeds'][number];
export type FeedDelay = FeedDelayAnswer['oracles']['feeds'][number]['delay'];
export type Warning = Oracle['warnings'][number];
export type Disputed = Oracles['hidden'];

/** Every oracle against its market and every feed against its own rule, at a block or at the newest. */
export async function loadOracles(block: number | undefined, signal: AbortSignal): Promise<Oracles> {
  return (await ask<OraclesAnswer>(ORACLES, { block: block ?? null }, signal)).oracles;
}

/** How far a feed ran behind its market over the day before a block, or the newest; null where that cannot be told. */
export async function loadFeedDelay(
  feed: string,
  block: number | undefined,
  signal: AbortSignal,
): Promise<FeedDelay> {
  const { oracles } = await ask<FeedDelayAnswer>(FEED_DELAY, { feed, block: block ?? null }, signal);
  return oracles.feeds[0]?.delay ?? null;
}
