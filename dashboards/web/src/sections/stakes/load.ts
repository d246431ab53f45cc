import { ask } from '../../graph/ask.ts';
import type { OracleStakesAnswer } from '../../graph/answers.ts';

export const ORACLE_STAKES = /* GraphQL */ `
  query OracleStakes($block: Int) {
    oracleStakes(block: $block) {
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
      now {
        accounts
        rounds
        liquidatedUsd
        profitUsd
        lossUsd
      }
      landed {
        accounts
        rounds
        liquidatedUsd
        profitUsd
        lossUsd
      }
    }
  }
`;

export type OracleStakes = OracleStakesAnswer['oracleStakes'];

/** What liquidators can take now, and once the answers land that are due. */
export async function loadOracleStakes(
  block: number | undefined,
  signal: AbortSignal,
): Promise<OracleStakes> {
  return (await ask<OracleStakesAnswer>(ORACLE_STAKES, { block: block ?? null }, signal)).oracleStakes;
}
