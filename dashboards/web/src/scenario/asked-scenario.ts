import { blockOf } from '../frame/asked.ts';
import type { State } from '../frame/state.ts';
import type { Scenario } from './scenario.ts';

/** The scenario on screen, at the block of the screen. */
export function scenarioAt(state: State): Scenario & { readonly block: number | undefined } {
  const { moves = [], settings, overrides } = state;
  return { moves, settings, overrides, block: blockOf(state) };
}

/**
 * The scenario on screen as a text that is another when the scenario is. With the book's own names in the place of those that were
 * typed it is still the same scenario.
 */
export function scenarioText(state: State): string {
  const text = textOf(state);
  return text === state.renamed?.to ? state.renamed.from : text;
}

/** The change of the state that puts the book's own names in the place of those that were typed; undefined where they are the same. */
export function renamed(
  state: State,
  { moves, overrides }: Pick<Scenario, 'moves' | 'overrides'>,
): Partial<State> | undefined {
  const to = textOf({ ...state, moves, overrides });
  if (to === textOf(state)) return undefined;
  return { moves, overrides, renamed: { from: scenarioText(state), to } };
}

const textOf = ({ moves, settings, overrides }: State) => JSON.stringify([moves, settings, overrides]);
