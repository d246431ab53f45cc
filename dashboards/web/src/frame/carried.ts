import { writeLink } from '../scenario/link.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { State } from './state.ts';

/** What every link within the page carries along: the query that holds all that is chosen. */
export function carriedBy(state: State): string {
  const { measure, moves, settings, overrides, pinned, isChosen, other } = state;
  // A choice that the page made by itself stays out.
  return writeLink({
    measure,
    moves: isChosen ? moves : undefined,
    settings,
    overrides,
    block: pinned,
    other,
  });
}

/** The address of a scenario, with all else that is chosen as it is. */
export function scenarioAddress(
  state: State,
  { moves, settings, overrides, other }: Partial<Scenario> & Pick<Partial<State>, 'other'>,
): string {
  const query = writeLink({
    ...{ measure: state.measure, block: state.pinned, other: other ?? state.other },
    moves: moves ?? state.moves,
    settings: settings ?? state.settings,
    overrides: overrides ?? state.overrides,
  });
  return `/scenario${withTab(query, state)}`;
}

/** The address that says all that is on screen, with what only its page has. */
export const addressOf = (state: State): string => state.at.path + withTab(state.carried, state);

/** Which part of the answer is shown is of the page of scenarios alone. */
function withTab(query: string, { at, tab }: State): string {
  if (at.page !== 'scenario' || tab === undefined) return query;
  return `${query === '' ? '?' : `${query}&`}tab=${tab}`;
}
