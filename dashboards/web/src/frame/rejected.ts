import { element, type Attribute, type Piece } from '../markup/element.ts';

/** What was typed into a box and not taken: it stays there, marked, with the reason under it, until something is taken. */
export interface Rejected {
  /** Names the box: `shock ETH`, `setting depth`, `moves`. */
  readonly at: string;
  readonly text: string;
  readonly why: string;
}

const ID = 'not-taken';

/** The attributes of a box that shows a value: what was typed instead, while that is not taken. */
export function boxed(
  rejected: Rejected | undefined,
  at: string,
  value: string | number,
): Readonly<Record<string, Attribute>> {
  return { ...marked(rejected, at), value: rejected?.at === at ? rejected.text : value };
}

/** The mark of a box, for one whose text is a command rather than a value. */
export function marked(rejected: Rejected | undefined, at: string): Readonly<Record<string, Attribute>> {
  return rejected?.at === at ? { 'aria-invalid': 'true', 'aria-describedby': ID } : {};
}

/** Why the text of a box was not taken, to stand under it. */
export function whyNotTaken(rejected: Rejected | undefined, at: string): Piece {
  if (rejected?.at !== at) return undefined;
  return element(
    'span',
    { class: 'not-taken', id: ID, key: ID, role: 'alert' },
    `Not taken: ${rejected.why}`,
  );
}
