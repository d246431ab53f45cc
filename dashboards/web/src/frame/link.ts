import { element, type Attribute, type Markup, type Piece } from '../markup/element.ts';
import type { State } from './state.ts';

/** A link to another page, with all that is chosen carried along. */
export function link(
  { carried }: Pick<State, 'carried'>,
  path: string,
  attributes: Readonly<Record<string, Attribute>>,
  ...pieces: Piece[]
): Markup {
  return element('a', { ...attributes, href: path + carried }, ...pieces);
}
