import { ask } from '../../graph/ask.ts';
import type { AdvicesAnswer } from '../../graph/answers.ts';

const VALUE = /* GraphQL */ `
  value
  unit
`;

export const ADVICES = /* GraphQL */ `
  query Advices {
    advices(first: 500) {
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
      current {
        ${VALUE}
      }
      advised {
        ${VALUE}
      }
      boundBy
      evidence {
        before {
          expectedShortfallUsd
        }
        after {
          expectedShortfallUsd
          isLowerBound
        }
        madeDue {
          accounts
        }
      }
      missing {
        name
        why
      }
      since {
        advised {
          ${VALUE}
        }
        inputs
      }
    }
  }
`;

/** The newest advice of one parameter, shortly. */
export type ListedAdvice = AdvicesAnswer['advices'][number];
export type AdviceParameter = ListedAdvice['parameter'];
export type AdviceValue = NonNullable<ListedAdvice['advised']>;

/** The newest advices that are kept, of each parameter one. */
export const loadAdvices = async (signal: AbortSignal): Promise<readonly ListedAdvice[]> =>
  (await ask<AdvicesAnswer>(ADVICES, {}, signal)).advices;
