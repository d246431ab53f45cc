import { ask } from '../graph/ask.ts';
import type { MarketsAnswer } from '../graph/answers.ts';

export const MARKETS = /* GraphQL */ `
  query Markets {
    markets {
      venue
      id
      label
      debtUsd
      collateralUsd
    }
  }
`;

export type Market = MarketsAnswer['markets'][number];

/** The watched markets with what is lent and borrowed in them. */
export async function loadMarkets(signal: AbortSignal): Promise<readonly Market[]> {
  return (await ask<MarketsAnswer>(MARKETS, {}, signal)).markets;
}
