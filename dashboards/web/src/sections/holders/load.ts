import type { HoldersAnswer } from '../../graph/answers.ts';
import { ask } from '../../graph/ask.ts';

export const HOLDERS = /* GraphQL */ `
  query Holders($symbol: String!, $block: Int) {
    asset(symbol: $symbol, block: $block) {
      head {
        block
        hash
        time
      }
      bookHash
      asset {
        symbol
      }
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
      depth {
        quote {
          symbol
        }
        sources
        isRequoted
        toMove {
          move
          units
          usd
          isEnded
        }
      }
      holderAccounts
      concentration {
        top1
        top5
        top10
      }
      holders(first: 20) {
        venue
        owner
        market
        amount
        valueUsd
        share
      }
    }
  }
`;

export type Holders = HoldersAnswer['asset'];

/** In whose hands an asset is, and what its markets can absorb, at a block or at the newest. */
export async function loadHolders(
  symbol: string,
  block: number | undefined,
  signal: AbortSignal,
): Promise<Holders> {
  return (await ask<HoldersAnswer>(HOLDERS, { symbol, block: block ?? null }, signal)).asset;
}
