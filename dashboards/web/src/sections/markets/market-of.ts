import { answerOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { venueIdOf } from '../venues/venue-of.ts';
import { markets } from './asked.ts';
import type { Market } from './load.ts';

/** The market in the path, by its id or its name at the venue; undefined where none is known by it. */
export function marketOf(state: Pick<State, 'at' | 'answers'>): Market | undefined {
  const named = state.at.parts['market'];
  return marketsOfVenue(state).find(({ id, name }) => id === named || name === named);
}

/** Whether the path names no market, or one that is known: of another there is nothing to ask. */
export const isMarketKnown = (state: Pick<State, 'at' | 'answers'>): boolean =>
  state.at.parts['market'] === undefined || marketOf(state) !== undefined;

/** The markets of the venue in the path; all of them on pages of no venue. */
export function marketsOfVenue(state: Pick<State, 'at' | 'answers'>): readonly Market[] {
  const id = venueIdOf(state);
  const all = answerOf(state, markets).value ?? [];
  return id === undefined ? all : all.filter(({ venue }) => venue === id);
}
