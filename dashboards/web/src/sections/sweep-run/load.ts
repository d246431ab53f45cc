import { ask } from '../../graph/ask.ts';
import type {
  CancelSweepAnswer,
  ResumeSweepAnswer,
  StartSweepAnswer,
  SweepAnswer,
} from '../../graph/answers.ts';
import type { SweepPlan } from '../sweep-plan/plan.ts';

const AT_RISK = /* GraphQL */ `
  level
  valueAtRisk
  interval {
    low
    high
  }
  expectedShortfall
  shortfallInterval {
    low
    high
  }
`;

const DISTRIBUTION = /* GraphQL */ `
  mean
  standardError
  greatest
  quantiles {
    level
    value
  }
  histogram {
    zeros
    bins {
      from
      to
      count
    }
  }
  atRisk {
    ${AT_RISK}
  }
`;

const PROBABILITY = /* GraphQL */ `
  share
  interval {
    low
    high
  }
`;

/** How far it is; the rest of a sweep stays as it is, or comes when it is over. */
const PROGRESS = /* GraphQL */ `
  id
  state
  reason
  scenarios
  done
`;

export const SWEEP = /* GraphQL */ `
  query Sweep($id: ID!) {
    sweep(id: $id) {
      ${PROGRESS}
      block
      blockHash
      bookHash
      kind
      plan
      startedAt
      endedAt
      summary {
        count
        independent
        lossUsd {
          ${DISTRIBUTION}
        }
        lossAtSaleUsd {
          ${DISTRIBUTION}
        }
        liquidatedUsd {
          ${DISTRIBUTION}
        }
        badDebtUsd {
          ${DISTRIBUTION}
        }
        shortfallUsd {
          ${DISTRIBUTION}
        }
        stuckUsd {
          ${DISTRIBUTION}
        }
        meanAmplification
        rounds
        probabilities {
          liquidation {
            ${PROBABILITY}
          }
          cascade {
            ${PROBABILITY}
          }
          loss {
            ${PROBABILITY}
          }
        }
        byVenue {
          venue
          meanLossUsd
          loss {
            ${AT_RISK}
          }
          contributionUsd
          meanLiquidatedUsd
          liquidated {
            ${AT_RISK}
          }
        }
        byMarket {
          venue
          market
          label
          meanLossUsd
          loss {
            ${AT_RISK}
          }
          contributionUsd
        }
        byAsset {
          asset {
            address
            symbol
          }
          meanLossUsd
          loss {
            ${AT_RISK}
          }
          contributionUsd
          meanSeized
        }
        contributionLevel
        worst {
          index
          lossUsd
          liquidatedUsd
          rounds
          moves {
            what
            move
          }
        }
        unused
        notConverged
      }
    }
  }
`;

export const SWEEP_PROGRESS = /* GraphQL */ `
  subscription SweepProgress($id: ID!) {
    sweepProgress(id: $id) {
      ${PROGRESS}
    }
  }
`;

export const START_SWEEP = /* GraphQL */ `
  mutation StartSweep($plan: JSON!, $block: Int) {
    startSweep(plan: $plan, block: $block) {
      id
    }
  }
`;

export const CANCEL_SWEEP = /* GraphQL */ `
  mutation CancelSweep($id: ID!) {
    cancelSweep(id: $id) {
      ${PROGRESS}
    }
  }
`;

export const RESUME_SWEEP = /* GraphQL */ `
  mutation ResumeSweep($id: ID!) {
    resumeSweep(id: $id) {
      ${PROGRESS}
    }
  }
`;

type Answered = SweepAnswer['sweep'];

/** A sweep, with its plan as one. */
export type Sweep = Omit<Answered, 'plan'> & { readonly plan: SweepPlan };
export type SweepSummary = NonNullable<Sweep['summary']>;
export type Distribution = SweepSummary['lossUsd'];
export type AtRisk = Distribution['atRisk'][number];
export type Interval = NonNullable<AtRisk['interval']>;
/** How far a sweep is. */
export type SweepProgress = CancelSweepAnswer['cancelSweep'];

/** A sweep by its id, as far as it is. */
export async function loadSweep(id: string, signal: AbortSignal): Promise<Sweep> {
  const { sweep } = await ask<SweepAnswer>(SWEEP, { id }, signal);
  // The API has checked the plan when it was started.
  return { ...sweep, plan: sweep.plan as SweepPlan };
}

/** Starts a sweep at a block, or at the newest; gives its id. */
export async function startSweep(
  plan: SweepPlan,
  block: number | undefined,
  signal: AbortSignal,
): Promise<string> {
  const variables = { plan, block: block ?? null };
  return (await ask<StartSweepAnswer>(START_SWEEP, variables, signal)).startSweep.id;
}

/** Ends a sweep; what it has is kept. */
export const cancelSweep = async (id: string, signal: AbortSignal): Promise<SweepProgress> =>
  (await ask<CancelSweepAnswer>(CANCEL_SWEEP, { id }, signal)).cancelSweep;

/** Goes on with a sweep. */
export const resumeSweep = async (id: string, signal: AbortSignal): Promise<SweepProgress> =>
  (await ask<ResumeSweepAnswer>(RESUME_SWEEP, { id }, signal)).resumeSweep;
