import { ask } from '../../graph/ask.ts';
import type { LiquidationsAnswer } from '../../graph/answers.ts';

export const LIQUIDATIONS = /* GraphQL */ `
  query Liquidations($first: Int!) {
    liquidations(first: $first) {
      nodes {
        venue
        block
        logIndex
        transaction
        time
        owner
        collateral {
          symbol
        }
        debt {
          symbol
        }
        seized
        repaid
      }
    }
  }
`;

export type SeenLiquidation = LiquidationsAnswer['liquidations']['nodes'][number];

const SHOWN = 25;

/** The latest liquidations seen on chain, newest first. */
export async function loadLiquidations(signal: AbortSignal): Promise<readonly SeenLiquidation[]> {
  return (await ask<LiquidationsAnswer>(LIQUIDATIONS, { first: SHOWN }, signal)).liquidations.nodes;
}
