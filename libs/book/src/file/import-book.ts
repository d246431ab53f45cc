import { BadDataError } from '@undertow/units';
import { z } from 'zod';
import type { Book } from '../book.ts';
import { checkBook } from '../check/check-book.ts';
import { bookOfBuffer } from './book-buffer.ts';
import { bookSchema } from './book-schema.ts';
import { BOOK_FORMAT, BOOK_VERSION, hashBook } from './canonical.ts';
import { JsonReader } from './json-reader.ts';
import { parseJson, readBy } from './parse-json.ts';
import { OLD_BOOK_VERSION, readOldBook } from './version-3/read-old-book.ts';

/** What every version of the file begins with. */
const headSchema = z.object({ format: z.string(), version: z.int() });

/**
 * Reads what `exportBook` or `bookBuffer` wrote, or what was written when files were of version 3: see `readOldBook` for what is
 * assumed of those. The hash of an old file's book is that of its present form.
 *
 * @throws BadDataError that names the field at fault, when the text is not JSON, of another format or version, when
 *   a field is missing or of the wrong kind, when columns do not fit together, or when the hash is not the content's.
 */
export function importBook(written: string | ArrayBuffer): Book {
  return typeof written === 'string' ? bookOfFile(parseJson(written)) : checked(bookOfBuffer(written));
}

/**
 * The same of the bytes of a text that come in pieces, as those of a large file do, of which never more than a piece is in memory: a
 * book takes a small multiple of its columns while it is read. A piece is not needed any more once the next is asked for.
 *
 * @throws BadDataError as `importBook` does.
 */
export function importBookPieces(pieces: Iterable<Uint8Array>): Book {
  const reader = new JsonReader();
  for (const piece of pieces) reader.push(piece);
  return bookOfFile(reader.end());
}

function bookOfFile(file: unknown): Book {
  const { format, version } = readBy(headSchema, file, 'book');
  if (format !== BOOK_FORMAT)
    throw new BadDataError(`this is not a book: its format is "${format}", not "${BOOK_FORMAT}"`);
  if (version === OLD_BOOK_VERSION) {
    const content = readOldBook(file);
    checkBook(content);
    return { ...content, hash: hashBook(content) };
  }
  if (version !== BOOK_VERSION)
    throw new BadDataError(
      `the book is of version ${version}, this program reads versions ${OLD_BOOK_VERSION} and ${BOOK_VERSION}; export it again`,
    );
  const { content, hash } = readBy(bookSchema, file, 'book');
  return checked({ ...content, hash });
}

function checked(book: Book): Book {
  const { hash, ...content } = book;
  checkBook(content);
  const actual = hashBook(content);
  if (actual !== hash)
    throw new BadDataError(
      `the book was changed after its export: it states hash ${hash}, its content has ${actual}`,
    );
  return book;
}
