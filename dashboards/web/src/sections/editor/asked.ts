import { answerOf, blockOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import type { KnownRow } from '../../scenario/assets.ts';
import { presets, type Preset } from '../../scenario/presets.ts';
import { exposures, mainReference } from '../exposure/asked.ts';
import { loadMovable } from './load.ts';

/** What may be moved, at the block of the screen. It does not wait for the heatmap, which takes many cascades. */
export const movable: Asked<readonly KnownRow[]> = {
  key: 'movable',
  followsBlock: true,
  load: (state, signal) => loadMovable(blockOf(state), signal),
};

/** What may be moved, as far as it is known. */
export const knownRows = (state: Pick<State, 'answers'>): readonly KnownRow[] =>
  answerOf(state, movable).value ?? [];

/** The ready-made scenarios of what is known; none before it is known what most of the money hangs on, after which they are named. */
export function readyMade(state: Pick<State, 'answers'>): readonly Preset[] {
  const { value, isOpening } = answerOf(state, exposures);
  return value === undefined && isOpening ? [] : presets(knownRows(state), value && mainReference(value));
}
