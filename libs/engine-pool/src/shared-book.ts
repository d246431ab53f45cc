import { sharedBookBuffer, type Book } from '@undertow/book';

/** A book as the buffer that all threads read. */
export interface SharedBook {
  readonly hash: string;
  readonly buffer: SharedArrayBuffer;
}

const shared = new WeakMap<Book, SharedBook>();

/** The buffer of a book, made when it is first asked for and kept as long as the book is. */
export function sharedBook(book: Book): SharedBook {
  const known = shared.get(book);
  if (known) return known;
  const made = { hash: book.hash, buffer: sharedBookBuffer(book) };
  shared.set(book, made);
  return made;
}
