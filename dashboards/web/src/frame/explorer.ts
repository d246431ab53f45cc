import { element, type Piece } from '../markup/element.ts';
import type { State } from './state.ts';

/** What a block explorer has a page for. */
export type Explored = 'address' | 'tx' | 'block';

const NAMES: Readonly<Record<Explored, string>> = {
  address: 'Address',
  tx: 'Transaction',
  block: 'Block',
};

/** Leads out of Undertow, to what the network's block explorer says of an address, a transaction or a block; nothing where it has none. */
export function explorerLink(
  { explorer }: Pick<State, 'explorer'>,
  kind: Explored,
  id: string | number,
): Piece {
  if (explorer === undefined) return undefined;
  const said = `${NAMES[kind]} ${id} in the block explorer`;
  return element(
    'a',
    {
      class: 'explorer',
      key: 'explorer',
      href: `${explorer}/${kind}/${id}`,
      target: '_blank',
      rel: 'noopener noreferrer',
      'aria-label': `${said}, in a new tab`,
      title: said,
    },
    '↗',
  );
}
