import { utf8ToBytes } from '@noble/hashes/utils.js';
import { BadDataError } from '@undertow/units';
import { z } from 'zod';
import type { Book } from '../book.ts';
import { contentSchema } from './book-schema.ts';
import { BOOK_VERSION, contentJson } from './canonical.ts';
import { jsonChunks } from './json-chunks.ts';
import { readBy } from './parse-json.ts';

/** What every buffer of a book begins with: these eight bytes. */
const MAGIC = utf8ToBytes('undertow');

/** Bytes before the tables: the magic, version and length of the tables as words of 32 bits, length of all as a float of 64. */
const HEAD = { version: 8, tables: 12, all: 16, bytes: 24 };

/** Every column begins at a multiple of this, so that any typed array may lie over it. */
const ALIGNED = 8;

/** The classes of columns by name. */
const COLUMNS = { Float64Array, Int8Array, Int32Array, Uint8Array, Uint16Array, Uint32Array } as const;
type Column = InstanceType<(typeof COLUMNS)[keyof typeof COLUMNS]>;

/** Where a column lies, as the tables say it: its class, its first byte behind the tables, its number of items. */
type Place = readonly [kind: keyof typeof COLUMNS, offset: number, length: number];

/**
 * A book as one buffer that can be transferred to another thread or written to a file: its tables as JSON, and behind them its
 * columns in the machine's own byte order. Read it with `bookOfBuffer`.
 */
export const bookBuffer = (book: Book): ArrayBuffer =>
  atOnce(written(book, (bytes) => new ArrayBuffer(bytes)));

/**
 * The same as a buffer that several threads read at once, without a copy for each. It is written in pieces of a few milliseconds; after
 * each `pause` is asked, which may give something to be waited for: a program that answers others lets them have their turn.
 */
export async function sharedBookBuffer(
  book: Book,
  pause: () => Promise<unknown> | undefined,
): Promise<SharedArrayBuffer> {
  const pieces = written(book, (bytes) => new SharedArrayBuffer(bytes));
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    const wait = pause();
    if (wait) await wait;
  }
}

function atOnce<Buffer>(pieces: Generator<undefined, Buffer>): Buffer {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

/** Letters of the tables that are written as bytes at once. */
const AT_ONCE = 64 * 1_024;

/** Writes a book into a buffer piece by piece, and stops after each. */
function* written<Buffer extends ArrayBufferLike>(
  book: Book,
  make: (bytes: number) => Buffer,
): Generator<undefined, Buffer> {
  const columns: Column[] = [];
  let behind = 0;
  const placed = (value: unknown): unknown => {
    if (isColumn(value)) {
      const place: Place = [value.constructor.name as keyof typeof COLUMNS, behind, value.length];
      columns.push(value);
      behind = aligned(behind + value.byteLength);
      return { column: place };
    }
    if (typeof value !== 'object' || value === null) return value;
    // Lists of texts and integers, and lists of such, have no columns in them, and may be long.
    if (Array.isArray(value))
      return value.some((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
        ? value.map(placed)
        : value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, placed(part)]));
  };
  const tables: Uint8Array[] = [];
  let text = '';
  for (const more of jsonChunks(placed({ hash: book.hash, content: contentJson(book) }))) {
    text += more;
    if (text.length < AT_ONCE) continue;
    tables.push(utf8ToBytes(text));
    text = '';
    yield;
  }
  tables.push(utf8ToBytes(text));
  const length = tables.reduce((sum, part) => sum + part.length, 0);
  const start = aligned(HEAD.bytes + length);
  const buffer = make(start + behind);
  const bytes = new Uint8Array(buffer);
  bytes.set(MAGIC);
  new Uint32Array(buffer, HEAD.version, 2).set([BOOK_VERSION, length]);
  new Float64Array(buffer, HEAD.all, 1)[0] = buffer.byteLength;
  let at = HEAD.bytes;
  for (const part of tables) {
    bytes.set(part, at);
    at += part.length;
  }
  at = start;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at = aligned(at + column.byteLength);
    yield;
  }
  return buffer;
}

const fileSchema = z.object({ hash: z.string(), content: contentSchema() });
const placeSchema = z.tuple([
  z.enum(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]),
  z.int().min(0).multipleOf(ALIGNED),
  z.int().min(0),
]);

/**
 * The book of a buffer that `bookBuffer` made. Its columns are views of the buffer, not copies. What comes from elsewhere is to be
 * read by `importBook`, which also checks that the numbers can be and that the hash is theirs.
 *
 * @throws BadDataError when the buffer is of something else, of another version or cut off, or when its tables lack a field.
 */
export function bookOfBuffer(buffer: ArrayBufferLike): Book {
  const isBook = MAGIC.every((byte, i) => i < buffer.byteLength && new Uint8Array(buffer, i, 1)[0] === byte);
  if (!isBook || buffer.byteLength < HEAD.bytes)
    throw new BadDataError('this is not a book: it does not begin as the buffer of one');
  const [version, length] = new Uint32Array(buffer, HEAD.version, 2) as unknown as [number, number];
  if (version !== BOOK_VERSION)
    throw new BadDataError(
      `the book is of version ${version}, this program reads version ${BOOK_VERSION}; export it again`,
    );
  const [all] = new Float64Array(buffer, HEAD.all, 1) as unknown as [number];
  if (all !== buffer.byteLength || HEAD.bytes + length > all)
    throw new BadDataError(`the book was cut off: it has ${all} bytes, but there are ${buffer.byteLength}`);
  const behind = aligned(HEAD.bytes + length);
  const text = new TextDecoder().decode(new Uint8Array(buffer, HEAD.bytes, length));
  const { content, hash } = readBy(fileSchema, viewed(JSON.parse(text)), 'book');
  return { ...content, hash };

  // A reviver of JSON.parse would be called for every number and text, which takes five times as long.
  function viewed(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if ('column' in value) return column(value.column);
    const parts = value as Record<string, unknown>;
    for (const key of Object.keys(parts)) {
      const part = parts[key];
      const read = viewed(part);
      if (read !== part) parts[key] = read;
    }
    return value;
  }

  function column(place: unknown): Column {
    const [kind, offset, count] = readBy(placeSchema, place, 'column');
    const of = COLUMNS[kind];
    if (behind + offset + count * of.BYTES_PER_ELEMENT > buffer.byteLength)
      throw new BadDataError(`a column of ${count} items lies beyond the end of the book`);
    // Which of the two kinds of buffer it is changes nothing for a view.
    return new of(buffer as ArrayBuffer, behind + offset, count);
  }
}

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNED) * ALIGNED;

const isColumn = (value: unknown): value is Column =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);
