import { bookOfBuffer, withTerms } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { LRUCache } from 'lru-cache';
import { doPiece } from './do-piece.ts';
import type { Kind, Piece, Reply } from './kinds.ts';
import { OpenedBook } from './opened-book.ts';
import { POOL_ENGINE } from './pool-engine.ts';

/** Books that a thread keeps open: the newest, one of the past, and one of each with other terms. */
const BOOKS_KEPT = 4;

const opened = new LRUCache<string, OpenedBook>({ max: BOOKS_KEPT });

/** What a thread of the pool does: `doPiece`, over a book that it has or gets. */
export default async function answer<K extends Kind>(piece: Piece<K>): Promise<Reply<K>> {
  const began = performance.now();
  const { kind, items, budgetMs, plan, question, engine = POOL_ENGINE } = piece;
  try {
    const given = openOnce(piece.bookHash, () => bookOfBuffer(piece.buffer));
    const { overrides } = piece;
    const changed =
      overrides.length === 0
        ? given
        : openOnce(`${piece.bookHash} ${JSON.stringify(overrides)}`, () => withTerms(given.book, overrides));
    const left = () => budgetMs - (performance.now() - began);
    return {
      results: await doPiece(kind, items, { books: { given, changed, plan, question, engine }, left }),
    };
  } catch (error) {
    // A class does not come through to the other thread; this one is for whoever asked.
    if (error instanceof BadDataError) return { problem: error.message };
    throw error;
  }
}

function openOnce(key: string, make: () => OpenedBook['book']): OpenedBook {
  const known = opened.get(key);
  if (known) return known;
  const made = new OpenedBook(make());
  opened.set(key, made);
  return made;
}
