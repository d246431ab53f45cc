import { ask } from '../../graph/ask.ts';
import type { SweepsAnswer } from '../../graph/answers.ts';

export const SWEEPS = /* GraphQL */ `
  query Sweeps {
    sweeps(first: 20) {
      id
      state
      kind
      block
      scenarios
      done
      startedAt
    }
  }
`;

export type KeptSweep = SweepsAnswer['sweeps'][number];

/** The sweeps that were begun last. */
export const loadSweeps = async (signal: AbortSignal): Promise<readonly KeptSweep[]> =>
  (await ask<SweepsAnswer>(SWEEPS, {}, signal)).sweeps;
