import { ask } from '../../graph/ask.ts';
import type { LiquidationsAnswer } from '../../graph/answers.ts';

export const LIQUIDATIONS = /* GraphQL */ `
  query Liquidations($first: Int!, $where: LiquidationWhere!) {
    liquidations(first: $first, where: $where) {
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

/** Where liquidations are wanted from; null = everywhere. */
export interface LiquidationPlace {
  readonly venue: string | null;
  readonly market: string | null;
}

/** The latest liquidations seen on chain, newest first. */
export async function loadLiquidations(
  where: LiquidationPlace,
  signal: AbortSignal,
): Promise<readonly SeenLiquidation[]> {
  return (await ask<LiquidationsAnswer>(LIQUIDATIONS, { first: SHOWN, where }, signal)).liquidations.nodes;
}
