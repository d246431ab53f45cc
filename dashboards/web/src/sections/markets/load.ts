import { ask } from '../../graph/ask.ts';
import { listAt, type ListAt } from '../../graph/list-at.ts';
import type { MarketsAnswer } from '../../graph/answers.ts';

export const MARKETS = /* GraphQL */ `
  query Markets($block: Int) {
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
        debtUsd
        collateralUsd
        name
        terms {
          field
          value
        }
        collateral {
          address
          symbol
        }
      }
    }
  }
`;

export type Market = MarketsAnswer['markets']['nodes'][number];

/** The watched markets with what is lent and borrowed in them, at a block or at the newest. */
export async function loadMarkets(block: number | undefined, signal: AbortSignal): Promise<ListAt<Market>> {
  return listAt((await ask<MarketsAnswer>(MARKETS, { block: block ?? null }, signal)).markets);
}
