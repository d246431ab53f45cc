import { ask } from '../../graph/ask.ts';
import { listen, type Connection } from '../../graph/listen.ts';
import type { HeadsAnswer, StatusAnswer } from '../../graph/answers.ts';

export const STATUS = /* GraphQL */ `
  query Status {
    status {
      head {
        chainId
        block
        hash
        time
      }
      network
      explorer
      finalityDepth
      trusted
      reason
      facts
      coverage {
        accounts
        modelledDebtUsd
        knownDebtUsd
        share
        gaps {
          source
          reason
          count
          unit
          debtUsd
        }
      }
    }
  }
`;

export const HEADS = /* GraphQL */ `
  subscription Heads {
    heads {
      chainId
      block
      hash
      time
      reorg
    }
  }
`;

export type Status = StatusAnswer['status'];
export type Head = HeadsAnswer['heads'];

/** What is watched and whether it can be trusted. */
export async function loadStatus(signal: AbortSignal): Promise<Status> {
  return (await ask<StatusAnswer>(STATUS, {}, signal)).status;
}

/** Hears of every new head, and of the state of the connection. */
export function followHeads(hear: (head: Head) => void, connection: (state: Connection) => void): void {
  listen<Head>(HEADS, hear, connection);
}
