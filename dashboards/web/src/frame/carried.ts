import { writeLink } from '../scenario/link.ts';
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

/** The address that says all that is on screen, with what only its page has. */
export function addressOf(state: State): string {
  const { at, carried, tab } = state;
  const own = at.page === 'scenario' && tab !== undefined ? `tab=${tab}` : '';
  return at.path + (own === '' ? carried : `${carried === '' ? '?' : `${carried}&`}${own}`);
}
