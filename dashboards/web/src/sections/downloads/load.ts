import { ask } from '../../graph/ask.ts';
import type {
  AllAccountsAnswer,
  AllLegsAnswer,
  AllLiquidationsAnswer,
  AllMarketsAnswer,
  AllMeasuresAnswer,
  AllVenuesAnswer,
  WholeHistoryAnswer,
} from '../../graph/answers.ts';

export const ALL_ACCOUNTS = /* GraphQL */ `
  query AllAccounts($after: String, $block: Int) {
    accounts(first: 500, after: $after, block: $block) {
      head {
        block
        hash
      }
      bookHash
      totalCount
      nodes {
        venue
        owner
        market
        label
        healthFactor
        collateralUsd
        debtUsd
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const ALL_LEGS = /* GraphQL */ `
  query AllLegs($after: String, $block: Int) {
    accounts(first: 200, after: $after, block: $block) {
      head {
        block
        hash
      }
      bookHash
      totalCount
      nodes {
        venue
        owner
        market
        legs {
          asset {
            address
            symbol
          }
          market
          kind
          instrument
          amount
          priceUsd
          valueUsd
          liquidationThreshold
          maintenanceMargin
          isFixed
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const ALL_MARKETS = /* GraphQL */ `
  query AllMarkets($block: Int) {
    markets(block: $block) {
      head {
        block
        hash
      }
      bookHash
      nodes {
        venue
        id
        label
        name
        debtUsd
        collateralUsd
        terms {
          field
          value
        }
      }
    }
  }
`;

export const ALL_VENUES = /* GraphQL */ `
  query AllVenues($block: Int) {
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
        collateralUsd
        largestCollateralUsd
        debtUsd
        leftOut
      }
    }
  }
`;

export const ALL_LIQUIDATIONS = /* GraphQL */ `
  query AllLiquidations($after: String, $block: Int) {
    liquidations(first: 500, after: $after, block: $block) {
      head {
        block
        hash
      }
      totalCount
      nodes {
        venue
        market
        block
        logIndex
        transaction
        time
        owner
        liquidator
        collateral {
          address
          symbol
        }
        debt {
          address
          symbol
        }
        seized
        repaid
        badDebt
        seizedUsd
        repaidUsd
        badDebtUsd
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const ALL_MEASURES = /* GraphQL */ `
  query AllMeasures {
    measures {
      name
      subject
    }
  }
`;

export const WHOLE_HISTORY = /* GraphQL */ `
  query WholeHistory($measure: String!, $subject: String!, $from: Timestamp) {
    history(measure: $measure, subject: $subject, step: hour, first: 1000, from: $from) {
      points {
        time
        value
        least
        greatest
        blocks
      }
      next
    }
  }
`;

/** A page of a list that is read at one block. */
export interface Paged<Node> {
  readonly head: { readonly block: number; readonly hash: string };
  readonly bookHash?: string;
  readonly totalCount?: number;
  readonly nodes: readonly Node[];
  readonly pageInfo?: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Where a page is read: at a block, or after a cursor, which has its own. */
export interface At {
  readonly after: string | null;
  readonly block: number | null;
}

export type WholeAccount = AllAccountsAnswer['accounts']['nodes'][number];
export type AccountWithLegs = AllLegsAnswer['accounts']['nodes'][number];
export type WholeMarket = AllMarketsAnswer['markets']['nodes'][number];
export type WholeVenue = AllVenuesAnswer['venues']['nodes'][number];
export type WholeLiquidation = AllLiquidationsAnswer['liquidations']['nodes'][number];

export const loadAllAccounts = async (at: At, signal: AbortSignal): Promise<Paged<WholeAccount>> =>
  (await ask<AllAccountsAnswer>(ALL_ACCOUNTS, at, signal)).accounts;
export const loadAllLegs = async (at: At, signal: AbortSignal): Promise<Paged<AccountWithLegs>> =>
  (await ask<AllLegsAnswer>(ALL_LEGS, at, signal)).accounts;
export const loadAllMarkets = async ({ block }: At, signal: AbortSignal): Promise<Paged<WholeMarket>> =>
  (await ask<AllMarketsAnswer>(ALL_MARKETS, { block }, signal)).markets;
export const loadAllVenues = async ({ block }: At, signal: AbortSignal): Promise<Paged<WholeVenue>> =>
  (await ask<AllVenuesAnswer>(ALL_VENUES, { block }, signal)).venues;
export const loadAllLiquidations = async (at: At, signal: AbortSignal): Promise<Paged<WholeLiquidation>> =>
  (await ask<AllLiquidationsAnswer>(ALL_LIQUIDATIONS, at, signal)).liquidations;
export const loadMeasures = async (signal: AbortSignal) =>
  (await ask<AllMeasuresAnswer>(ALL_MEASURES, {}, signal)).measures;
export const loadHistory = async (
  wanted: { readonly measure: string; readonly subject: string; readonly from: number | null },
  signal: AbortSignal,
) => (await ask<WholeHistoryAnswer>(WHOLE_HISTORY, wanted, signal)).history;
