import { assert } from '@undertow/units';
import type { Policy } from '../policy/policy.ts';
import type { CallEffect } from '../states/effect.ts';
import type { MarginCall } from '../states/margin-call.ts';
import { next } from '../states/next.ts';
import type { ReviewStep } from './review-accounts.ts';

/** A call after what a review found of it, and what is to be done. */
export interface TakenStep {
  readonly call: MarginCall;
  readonly effects: readonly CallEffect[];
  readonly isNew: boolean;
}

/** Takes the steps of a review. None of them is refused: a review finds for a call only what can happen to it. */
export function takeSteps(steps: readonly ReviewStep[], policy: Policy): TakenStep[] {
  return steps.map(({ call, event, isNew }) => {
    const taken = next(call, event, policy);
    assert(
      !('refused' in taken),
      `a review found what cannot be: ${'refused' in taken ? taken.refused : ''}`,
    );
    return { ...taken, isNew };
  });
}
