import { cursorGoneError, inputError } from '../errors.ts';
import type { LiveBook } from '../live-book.ts';
import type { Head } from '../shown.ts';
import { hashInCursor, readCursor, type Cursor, type CursorName, type PagedQuestion } from './cursor.ts';

/** Between which items a page lies: the arguments of a list. */
export interface CursorsAsked {
  readonly after?: string | null;
  readonly before?: string | null;
}

/** The same of a list that hangs on a block. */
export interface PageAsked extends CursorsAsked {
  readonly block?: number | null;
}

/** The places between which a page lies; undefined = from the beginning, or up to the end. */
export interface Places {
  readonly after: readonly number[] | undefined;
  readonly before: readonly number[] | undefined;
}

/** The height that a list stands at, and the places between which the page lies. */
export interface OpenedPage extends Places {
  readonly head: Head;
}

/** Reads the cursors of a list that hangs on no block. Throws a GraphQLError that says what is wrong with one. */
export function placesOf(question: PagedQuestion, asked: CursorsAsked): Places {
  const cursors = cursorsOf(question, asked);
  return { after: cursors.after?.place, before: cursors.before?.place };
}

/**
 * Opens a page of a list: without a cursor at the block that is asked for, else at the block of its cursor, so that whoever pages sees
 * one list whatever the chain does meanwhile. Throws a GraphQLError that says what is wrong with a cursor.
 */
export async function openPage(
  live: Pick<LiveBook, 'headAt'>,
  question: PagedQuestion,
  asked: PageAsked,
): Promise<OpenedPage> {
  const { block } = asked;
  const { after, before } = cursorsOf(question, asked);
  const given = [['after', after] as const, ['before', before] as const].filter(([, cursor]) => cursor);
  const [name, cursor] = given[0] ?? [];
  if (cursor === undefined || name === undefined)
    return { head: await live.headAt(block), after: undefined, before: undefined };
  checkOneList(after, before);
  const head = await live.headAt(cursor.block);
  if (head.block !== cursor.block || hashInCursor(head.hash) !== cursor.hash)
    throw cursorGoneError(cursor.block, name);
  const wanted = typeof block === 'number' ? (await live.headAt(block)).block : head.block;
  if (wanted !== head.block)
    throw inputError(`${name} is of block ${head.block}, but block asks for ${wanted}: leave block out.`);
  return { head, after: after?.place, before: before?.place };
}

function cursorsOf(question: PagedQuestion, asked: CursorsAsked): Partial<Record<CursorName, Cursor>> {
  const read = (name: CursorName) => {
    const text = asked[name];
    return typeof text === 'string' ? { [name]: readCursor(question, text, name) } : {};
  };
  return { ...read('after'), ...read('before') };
}

/** Lists of two blocks have nothing between them. */
function checkOneList(after: Cursor | undefined, before: Cursor | undefined): void {
  if (!after || !before || (after.block === before.block && after.hash === before.hash)) return;
  const which =
    after.block === before.block
      ? `after and before are of two blocks ${after.block}, of which the chain has one`
      : `after is of block ${after.block}, before of block ${before.block}`;
  throw inputError(`${which}: both must be cursors of one list.`);
}
