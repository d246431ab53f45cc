import { ask } from '../../graph/ask.ts';
import type { SweepTailAnswer } from '../../graph/answers.ts';

export const SWEEP_TAIL = /* GraphQL */ `
  query SweepTail($sweep: ID!, $level: Float, $accounts: Int) {
    sweepTail(sweep: $sweep, level: $level, accounts: $accounts) {
      level
      scenarios
      expectedShortfallUsd
      accounts {
        venue
        owner
        market
        contributionUsd
      }
      otherAccountsUsd
      crossVenue {
        venues {
          venue
          liquidatedUsd
        }
        causes {
          cause
          shares
        }
      }
      coverTwo {
        venue
        index
        owners {
          owner
          lossUsd
        }
        lossUsd
        fundUsd
        isCovered
      }
    }
  }
`;

export type SweepTail = SweepTailAnswer['sweepTail'];

/** Accounts that are named. */
export const MOST_ACCOUNTS = 20;

/** Which tail of which sweep. */
export interface TailWanted {
  readonly sweep: string;
  readonly level: number;
}

/** What the worst scenarios of a sweep have in common. */
export async function loadSweepTail(wanted: TailWanted, signal: AbortSignal): Promise<SweepTail> {
  return (await ask<SweepTailAnswer>(SWEEP_TAIL, { ...wanted, accounts: MOST_ACCOUNTS }, signal)).sweepTail;
}
