import { ask } from '../../graph/ask.ts';
import type { AdviceRunAnswer, AdviceRunsAnswer, CancelAdviceAnswer } from '../../graph/answers.ts';

/** How far it is. */
const PROGRESS = /* GraphQL */ `
  id
  state
  reason
  progress {
    stage
    done
    all
  }
  endedAt
`;

const RUN = /* GraphQL */ `
  ${PROGRESS}
  block
  blockHash
  bookHash
  isScheduled
  startedAt
  together {
    words
    isWithin
    before {
      expectedShortfallUsd
    }
    after {
      expectedShortfallUsd
      isLowerBound
    }
  }
  advices {
    parameter {
      kind
      venue
      market
    }
    verdict
  }
  post
`;

export const ADVICE_RUN = /* GraphQL */ `
  query AdviceRun($id: ID!) {
    adviceRun(id: $id) {
      ${RUN}
    }
  }
`;

export const ADVICE_RUNS = /* GraphQL */ `
  query AdviceRuns {
    adviceRuns(first: 10) {
      id
      state
      block
      isScheduled
      startedAt
      asked
    }
  }
`;

export const CANCEL_ADVICE = /* GraphQL */ `
  mutation CancelAdvice($id: ID!) {
    cancelAdvice(id: $id) {
      ${RUN}
    }
  }
`;

/** A run of advices, as far as it is. */
export type AdviceRun = AdviceRunAnswer['adviceRun'];
export type KeptAdviceRun = AdviceRunsAnswer['adviceRuns'][number];

export const loadAdviceRun = async (id: string, signal: AbortSignal): Promise<AdviceRun> =>
  (await ask<AdviceRunAnswer>(ADVICE_RUN, { id }, signal)).adviceRun;

/** Runs under way, then the newest of those that are kept. */
export const loadAdviceRuns = async (signal: AbortSignal): Promise<readonly KeptAdviceRun[]> =>
  (await ask<AdviceRunsAnswer>(ADVICE_RUNS, {}, signal)).adviceRuns;

/** Ends a run; nothing of it is kept. */
export const cancelAdvice = async (id: string, signal: AbortSignal): Promise<AdviceRun> =>
  (await ask<CancelAdviceAnswer>(CANCEL_ADVICE, { id }, signal)).cancelAdvice;
