import type { LiveBook } from '../live-book.ts';
import type { BookAtHead } from '../shown.ts';

/**
 * The book that a report of a block is made of: at the last block that changed it. A book names that block, and where nothing happened
 * since, its interest would be of a later time: nobody who reads the block that a report names would find the same book.
 *
 * @throws GraphQLError as `LiveBook.at`.
 */
export async function reportedBook(live: Pick<LiveBook, 'at'>, block?: number | null): Promise<BookAtHead> {
  const at = await live.at(block);
  if (at.book.block === at.head.block) return at;
  const own = await live.at(at.book.block);
  return own.head.block === at.book.block ? own : at;
}
