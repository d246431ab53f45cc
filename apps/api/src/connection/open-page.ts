import { cursorGoneError, inputError } from '../errors.ts';
import type { LiveBook } from '../live-book.ts';
import type { Head } from '../shown.ts';
import { hashInCursor, readCursor, type PagedQuestion } from './cursor.ts';

/** Where a page begins: the arguments of a list that hangs on a block. */
export interface PageAsked {
  readonly after?: string | null;
  readonly block?: number | null;
}

/** The height that a list stands at, and the place after which the page begins; undefined = at the beginning. */
export interface OpenedPage {
  readonly head: Head;
  readonly after: readonly number[] | undefined;
}

/**
 * Opens a page of a list: the first one at the block that is asked for, later ones at the block of their cursor, so that whoever
 * pages sees one list whatever the chain does meanwhile. Throws a GraphQLError that says what is wrong with the cursor.
 */
export async function openPage(
  live: Pick<LiveBook, 'headAt'>,
  question: PagedQuestion,
  { after, block }: PageAsked,
): Promise<OpenedPage> {
  if (after === null || after === undefined) return { head: await live.headAt(block), after: undefined };
  const cursor = readCursor(question, after);
  const head = await live.headAt(cursor.block);
  if (head.block !== cursor.block || hashInCursor(head.hash) !== cursor.hash)
    throw cursorGoneError(cursor.block);
  const asked = typeof block === 'number' ? (await live.headAt(block)).block : head.block;
  if (asked !== head.block)
    throw inputError(`after is of block ${head.block}, but block asks for ${asked}: leave block out.`);
  return { head, after: cursor.place };
}
