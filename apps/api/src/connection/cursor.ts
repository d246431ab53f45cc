import { createHash } from 'node:crypto';
import { inputError } from '../errors.ts';

/** What is paged through. */
export type Paged = 'accounts' | 'liquidations' | 'incidents' | 'reports';

/** A question whose answer comes in pages: what is listed, and everything that decides which and in what order. */
export interface PagedQuestion {
  readonly of: Paged;
  readonly where: object | null | undefined;
  readonly orderBy?: string | undefined;
}

/** Where one item of a list stands: at which block the list was made, and its place in that list. */
export interface Cursor {
  readonly block: number;
  /** End of the block's hash: another block in its place has another list. Empty where a list hangs on no block. */
  readonly hash: string;
  readonly place: readonly number[];
}

/** Raised when what a cursor says changes its meaning, so that older ones are refused. */
const VERSION = '1';
const HASH_DIGITS = 16;

/** The arguments that take a cursor, each with what a page next to it has for it. */
const CURSORS = { after: 'endCursor of the page before', before: 'startCursor of the page after' } as const;
export type CursorName = keyof typeof CURSORS;

/** The end of a block's hash, which a cursor keeps. */
export const hashInCursor = (hash: string): string => hash.slice(-HASH_DIGITS);

/** Writes a cursor so that nobody reads anything into it. */
export function writeCursor(question: PagedQuestion, { block, hash, place }: Cursor): string {
  const parts = [VERSION, question.of, digestOf(question), block, hash, place.join('-')];
  return Buffer.from(parts.join('.')).toString('base64url');
}

/** Reads the cursor that a client gives to go on. Throws a GraphQLError when it is none, or one of another question. */
export function readCursor(question: PagedQuestion, text: string, name: CursorName): Cursor {
  const [of, digest, cursor] = parse(text) ?? [];
  if (cursor === undefined || of !== question.of)
    throw inputError(`${name} is no cursor of this list: give ${CURSORS[name]}, as it is.`);
  if (digest !== digestOf(question))
    throw inputError(
      `${name} is a cursor of another question: where and orderBy must be those of the page that it came from.`,
    );
  return cursor;
}

/** The block that answering from a cursor reads; undefined when the text is no cursor, or its list hangs on no block. */
export function blockOfCursor(text: string): number | undefined {
  const [of, , cursor] = parse(text) ?? [];
  return of === 'incidents' || of === 'reports' ? undefined : cursor?.block;
}

const SHAPE = /^([^.]*)\.([a-z]+)\.([0-9a-f]+)\.(\d{1,15})\.([0-9a-zA-Z]*)\.(\d{1,15}(?:-\d{1,15})*)$/;

function parse(text: string): [of: string, digest: string, cursor: Cursor] | undefined {
  const [, version, of, digest, block, hash, place] =
    SHAPE.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (version !== VERSION || of === undefined || digest === undefined) return undefined;
  return [
    of,
    digest,
    { block: Number(block), hash: hash ?? '', place: (place ?? '').split('-').map(Number) },
  ];
}

/** The same for the same conditions, in whatever order they were written. */
function digestOf({ where, orderBy }: PagedQuestion): string {
  const conditions = Object.entries(where ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([conditions, orderBy]))
    .digest('hex')
    .slice(0, 16);
}
