import { ask } from '../../graph/ask.ts';
import type { MarketsAnswer } from '../../graph/answers.ts';

export const MARKETS = /* GraphQL */ `
  query Markets($block: Int) {
    markets(block: $block) {
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
export async function loadMarkets(
  block: number | undefined,
  signal: AbortSignal,
): Promise<readonly Market[]> {
  return (await ask<MarketsAnswer>(MARKETS, { block: block ?? null }, signal)).markets.nodes;
}
