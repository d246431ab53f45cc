import { shortAddress } from '../format/address.ts';
import { element, type Piece } from '../markup/element.ts';
import { explorerLink } from './explorer.ts';
import type { State } from './state.ts';

/** An address cut short, whole in its title, copied by a click; beside it the way to the block explorer. */
export function address(full: string, state: Pick<State, 'explorer'>): Piece {
  const copied = element(
    'button',
    {
      type: 'button',
      class: 'address',
      'data-act': 'copy',
      'data-text': full,
      title: `${full} – click to copy`,
    },
    shortAddress(full),
  );
  return [copied, explorerLink(state, 'address', full)];
}
