import { ask } from '../../graph/ask.ts';
import type { ClearingAnswer } from '../../graph/answers.ts';
import { A_DAY, AN_HOUR, type Horizon } from '../margins/load.ts';

const NEED = /* GraphQL */ `
  fundUsd
  owners {
    owner
    lossUsd
  }
  scenario {
    volatilityMove
    moves {
      what
      move
    }
  }
`;

export const CLEARING = /* GraphQL */ `
  query Clearing($block: Int, $horizon: Int!, $step: Int!) {
    clearing(block: $block, horizonSeconds: $horizon, stepSeconds: $step) {
      head {
        block
        hash
        time
      }
      bookHash
      coverage {
        share
        gaps {
          debtUsd
        }
      }
      scenarios
      binding {
        ${NEED}
      }
      fundUsd
      heldUsd
      isCovered
      savedUsd
      apart {
        venue
        ${NEED}
      }
      factors {
        name
        deviation
      }
      prices {
        what
        source
        prices
      }
      missing
    }
  }
`;

export type Clearing = ClearingAnswer['clearing'] & { readonly horizon: Horizon };

const isPlain = ({ factors }: Clearing): boolean => factors.every(({ deviation }) => deviation === null);

/** All venues as one clearing house, at a block or at the newest: over a day, or where nothing can be said of that over an hour. */
export async function loadClearing(block: number | undefined, signal: AbortSignal): Promise<Clearing> {
  const over = async ({ horizon, step, ...rest }: Horizon): Promise<Clearing> => {
    const variables = { block: block ?? null, horizon, step };
    const { clearing } = await ask<ClearingAnswer>(CLEARING, variables, signal);
    return { ...clearing, horizon: { horizon, step, ...rest } };
  };
  const day = await over(A_DAY);
  if (!isPlain(day) || day.prices.length === 0) return day;
  const hour = await over(AN_HOUR);
  return isPlain(hour) ? day : hour;
}
