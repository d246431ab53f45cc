import { blockOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { isAddress, loadOwner, type Owner } from './load.ts';

/** The address in the path, as the API writes it; undefined where there is none, or what stands there is none. */
export function lookedUp({ at }: Pick<State, 'at'>): string | undefined {
  const text = at.parts['address'];
  return text !== undefined && isAddress(text) ? text.toLowerCase() : undefined;
}

/** One address over all venues, at the block of the screen. */
export const owner: Asked<Owner> = {
  key: 'owner',
  followsBlock: true,
  forgets: true,
  isAsked: (state) => lookedUp(state) !== undefined,
  about: (state) => lookedUp(state) ?? '',
  load: (state, signal) => loadOwner({ owner: lookedUp(state) ?? '', block: blockOf(state) }, signal),
};
