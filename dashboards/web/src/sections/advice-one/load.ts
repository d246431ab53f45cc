import { ask } from '../../graph/ask.ts';
import type { AdviceBlockAnswer, OneAdviceAnswer } from '../../graph/answers.ts';
import type { ChosenParameter } from '../advice-form/choice.ts';
import { LOSSES, MADE_DUE } from './losses.ts';

const BACKTEST = /* GraphQL */ `
  of
  symbol
  confidence
  horizonSeconds
  source
  from
  to
  lines {
    name
    dates
    exceptions
    coverage
    kupiecP
    independenceP
    zone
    meanThreshold
    least
    greatest
    largestCut
  }
  words
`;

export const ONE_ADVICE = /* GraphQL */ `
  query OneAdvice($venue: String!, $market: String!, $parameter: String!) {
    advices(venue: $venue, market: $market, parameter: $parameter, first: 1) {
      run
      block
      endedAt
      parameter {
        kind
        venue
        market
        label
      }
      verdict
      words
      current {
        value
        unit
      }
      advised {
        value
        unit
      }
      boundBy
      asked {
        confidence
        toleranceUsd
        toleranceShare
        lossesOf
        behaviour
      }
      toxicity {
        line
        by
        slippage
        sizeUsd
        lagFall
      }
      tiers {
        asset
        upToUsd
        maintenanceMargin
      }
      evidence {
        before {
          ${LOSSES}
        }
        after {
          ${LOSSES}
        }
        afterIfNobodyActs {
          ${LOSSES}
        }
        binding {
          scenario
          lossUsd
          moves
        }
        isMonotone
        madeDue {
          ${MADE_DUE}
        }
        borrowingPower {
          beforeUsd
          afterUsd
          costUsd
        }
      }
      checks {
        name
        value
        unit
        why
        source
      }
      inputs {
        name
        number
        text
        unit
        source
        hash
      }
      missing {
        name
        why
        follows
      }
      path {
        reaches
        steps {
          time
          value
          expires
        }
        words
      }
      backtest {
        ${BACKTEST}
      }
      cascadeBacktest {
        ${BACKTEST}
      }
      moved {
        block
        before
        after
        parts {
          input
          change
        }
        interaction
        words
      }
      bookHash
      adviceHash
      since {
        run
        block
        advised {
          value
          unit
        }
        inputs
      }
    }
  }
`;

export const ADVICE_BLOCK = /* GraphQL */ `
  query AdviceBlock($run: ID!) {
    adviceRun(id: $run) {
      blockHash
    }
  }
`;

/** An advice with all that it rests on, and its block as every answer has it. */
export type OneAdvice = OneAdviceAnswer['advices'][number] & {
  readonly head: { readonly block: number; readonly hash: string };
};
export type Evidence = NonNullable<OneAdvice['evidence']>;
export type AdviceLosses = Evidence['before'];
export type MadeDue = NonNullable<Evidence['madeDue']>;

/** The newest advice on a parameter; null where none is kept. */
export async function loadOneAdvice(
  { kind, venue, market }: ChosenParameter,
  signal: AbortSignal,
): Promise<OneAdvice | null> {
  const variables = { venue, market, parameter: kind };
  const [advice] = (await ask<OneAdviceAnswer>(ONE_ADVICE, variables, signal)).advices;
  if (!advice) return null;
  const { adviceRun } = await ask<AdviceBlockAnswer>(ADVICE_BLOCK, { run: advice.run }, signal);
  return { ...advice, head: { block: advice.block, hash: adviceRun.blockHash } };
}
