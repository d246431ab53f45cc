import { answerOf, blockOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import type { Move } from '../../scenario/scenario.ts';
import { exposures, mainReference, QUOTED } from '../exposure/asked.ts';
import { loadHeadline, type Headline } from './load.ts';

/** The fall that risk desks quote of what most of the money hangs on; undefined until that is known. */
export function quotedFall(state: Pick<State, 'answers'>): Move | undefined {
  const { value } = answerOf(state, exposures);
  const what = value && mainReference(value);
  return what === undefined ? undefined : { what, move: QUOTED };
}

/** What that fall would cost under the terms in force, whatever scenario was chosen; at the block of the screen. */
export const headline: Asked<Headline> = {
  key: 'headline',
  followsBlock: true,
  isAsked: (state) => quotedFall(state) !== undefined,
  about: (state) => quotedFall(state)?.what ?? '',
  load: (state, signal) =>
    loadHeadline(quotedFall(state) ?? { what: '', move: QUOTED }, blockOf(state), signal),
};
