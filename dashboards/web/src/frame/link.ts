import { element, type Attribute, type Markup, type Piece } from '../markup/element.ts';
import type { State } from './state.ts';

/** A link to another page, or a place in one (`/scenario#terms`), with all that is chosen carried along. */
export function link(
  { carried }: Pick<State, 'carried'>,
  path: string,
  attributes: Readonly<Record<string, Attribute>>,
  ...pieces: Piece[]
): Markup {
  const [page = '', place] = path.split('#');
  const href = page + carried + (place === undefined ? '' : `#${place}`);
  return element('a', { ...attributes, href }, ...pieces);
}
