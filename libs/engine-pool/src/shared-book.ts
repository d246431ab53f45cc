import { sharedBookBuffer, type Book } from '@undertow/book';

const buffers = new WeakMap<Book, SharedArrayBuffer>();

/** The buffer of a book that all threads read, made when it is first asked for and kept as long as the book is. */
export function sharedBook(book: Book): SharedArrayBuffer {
  const known = buffers.get(book);
  if (known) return known;
  const made = sharedBookBuffer(book);
  buffers.set(book, made);
  return made;
}
