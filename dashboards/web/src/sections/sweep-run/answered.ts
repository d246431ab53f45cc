import { answerOf } from '../../frame/asked.ts';
import type { Loaded } from '../../frame/loaded.ts';
import type { State } from '../../frame/state.ts';
import { sweep } from './asked.ts';
import type { Sweep, SweepSummary } from './load.ts';

/** A sweep that is done, with its block and its book as every answer has them. */
export interface Answered {
  readonly head: { readonly block: number; readonly hash: string };
  readonly bookHash: string;
  readonly sweep: Sweep;
  readonly summary: SweepSummary;
}

/** What came of the sweep in the path, for those that show parts of it; what it is refused for is told where it is begun. */
export function answeredSweep(state: State): Loaded<Answered> {
  const { value, problem, ...loaded } = answerOf(state, sweep);
  const told = problem && { kind: 'told' as const, message: 'the sweep above says why' };
  if (!value?.summary) return { ...loaded, value: undefined, problem: told };
  const { block, blockHash, bookHash, summary } = value;
  const head = { block, hash: blockHash };
  return { ...loaded, value: { head, bookHash, sweep: value, summary }, problem: told };
}

/** What stands where a part of it will be. */
export function waitingWords(state: State): string {
  const { value } = answerOf(state, sweep);
  return value === undefined || value.state === 'done' ? 'Loading…' : 'Here when the sweep is done.';
}
