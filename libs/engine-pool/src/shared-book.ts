import { setImmediate as turn } from 'node:timers/promises';
import { sharedBookBuffer, type Book } from '@undertow/book';

/** A book as the buffer that all threads read. */
export interface SharedBook {
  readonly hash: string;
  readonly buffer: SharedArrayBuffer;
}

/** Milliseconds after which whoever else waits has a turn: a buffer of a hundred thousand accounts takes half a second. */
const TURN_MS = 5;

const shared = new WeakMap<Book, Promise<SharedBook>>();

/** The buffer of a book, made when it is first asked for, between what else this thread does, and kept as long as the book is. */
export function sharedBook(book: Book): Promise<SharedBook> {
  const known = shared.get(book);
  if (known) return known;
  const made = makeShared(book);
  shared.set(book, made);
  // There may be room for it another time.
  made.catch(() => shared.delete(book));
  return made;
}

async function makeShared(book: Book): Promise<SharedBook> {
  let began = performance.now();
  const buffer = await sharedBookBuffer(book, () => {
    if (performance.now() - began < TURN_MS) return undefined;
    return turn().then(() => (began = performance.now()));
  });
  return { hash: book.hash, buffer };
}
