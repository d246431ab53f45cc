import { link } from '../frame/link.ts';
import type { State } from '../frame/state.ts';
import type { Piece } from '../markup/element.ts';

/** Leads from the page of a single thing to the one that lists them. */
export const backTo = (state: State, path: string, name: string): Piece =>
  link(state, path, { class: 'back' }, `← ${name}`);
