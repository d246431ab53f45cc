import { readPlan } from '@undertow/sweep';
import type { PooledSweep } from './asked.ts';
import { sharedPlan } from './shared-plan.ts';

/** A sweep as it is kept: its plan is JSON. */
export interface KeptSweep {
  readonly bookHash: string;
  readonly block: number;
  readonly plan: string;
}

/**
 * A kept sweep and the buffer of its book, as the pool takes them.
 *
 * @throws BadDataError for a plan that is none.
 */
export const pooledSweep = (
  { bookHash: hash, block, plan }: KeptSweep,
  buffer: SharedArrayBuffer,
): PooledSweep => ({ book: { hash, buffer }, plan: sharedPlan(readPlan(JSON.parse(plan))), block });
