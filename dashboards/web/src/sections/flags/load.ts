import { ask } from '../../graph/ask.ts';
import type { FlagsAnswer } from '../../graph/answers.ts';

export const FLAGS = /* GraphQL */ `
  query Flags($first: Int!, $block: Int) {
    oracleFlags(first: $first, block: $block) {
      head {
        block
        hash
      }
      nodes {
        kind
        measure
        severity
        reason
        subject
        label
        assets
        venues
        atStakeUsd
        start
        end
        peak
        peakTime
      }
    }
    flagRules {
      kind
      words
      bad
      raiseAt
      criticalAt
      clearAt
      readings
    }
  }
`;

export type Flag = FlagsAnswer['oracleFlags']['nodes'][number];
export type FlagRule = FlagsAnswer['flagRules'][number];

/** Flags as they stood at a block, and the rules that raise and lower them. */
export interface Flags {
  readonly head: FlagsAnswer['oracleFlags']['head'];
  readonly nodes: readonly Flag[];
  readonly rules: readonly FlagRule[];
}

/** Those that stand come first: of what is over, the newest that still fit. */
const SHOWN = 100;

/** Times in which prices were not to be trusted, as they stood at a block or at the newest, and the rules that say so. */
export async function loadFlags(block: number | undefined, signal: AbortSignal): Promise<Flags> {
  return flagsOf(await ask<FlagsAnswer>(FLAGS, { first: SHOWN, block: block ?? null }, signal));
}

/** What is kept of an answer. */
export const flagsOf = ({ oracleFlags, flagRules }: FlagsAnswer): Flags => ({
  ...oracleFlags,
  rules: flagRules,
});
