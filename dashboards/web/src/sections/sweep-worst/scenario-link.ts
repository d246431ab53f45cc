import { writeLink } from '../../scenario/link.ts';
import type { Move } from '../../scenario/scenario.ts';
import type { State } from '../../frame/state.ts';
import { settingsOf } from '../sweep-plan/plan.ts';
import type { Sweep } from '../sweep-run/load.ts';

/** The page of exactly this scenario of a sweep: its moves, who acts how, and the block of the book. */
export function scenarioOfSweep(
  { measure }: Pick<State, 'measure'>,
  { plan, block }: Pick<Sweep, 'plan' | 'block'>,
  moves: readonly Move[],
): string {
  const settings = settingsOf(plan);
  return `/scenario${writeLink({ measure, moves, settings, overrides: [], block, other: undefined })}`;
}
