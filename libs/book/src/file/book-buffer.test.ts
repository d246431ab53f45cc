import { BadDataError } from '@undertow/units';
import fc from 'fast-check';
import type { Book } from '../book.ts';
import { bookOfAllMechanisms } from '../fixtures/book-of-all-mechanisms.ts';
import { held, oldBookFile, owed, POOL } from '../fixtures/old-book-file.ts';
import { bookBuffer, bookOfBuffer, sharedBookBuffer } from './book-buffer.ts';
import { exportBook, hashBook } from './canonical.ts';
import { importBook } from './import-book.ts';

const book = bookOfAllMechanisms();

/** Books of any number of accounts with any amounts, and names of any letters. */
const books: fc.Arbitrary<Book> = fc
  .array(
    fc.tuple(fc.double({ min: 1, max: 1e6, noNaN: true }), fc.double({ min: 1, max: 1e6, noNaN: true })),
    {
      maxLength: 30,
    },
  )
  .chain((accounts) =>
    fc.string({ unit: fc.constantFrom('A', 'z', '7', '$', '-'), minLength: 1, maxLength: 9 }).map((symbol) =>
      importBook(
        oldBookFile({
          assets: [
            { symbol: 'USDC', decimals: 6, priceUsd: 1 },
            { symbol, priceUsd: 7, pool: { quote: 'USDC', liquidity: 1e3 } },
          ],
          venues: [POOL],
          accounts: accounts.map(([units, dollars]) => ({
            venue: 'pool',
            legs: [held(symbol, units, 0.8, 0.05), owed('USDC', dollars)],
          })),
        }),
      ),
    ),
  );

describe('the buffer of a book', () => {
  test('gives an equal book back, whose columns are views of it', () => {
    const buffer = bookBuffer(book);
    const back = bookOfBuffer(buffer);
    expect(back).toEqual(book);
    expect(exportBook(back)).toBe(exportBook(book));
    const columns = [...Object.values(back.legs), ...Object.values(back.accounts), back.depth[0]!.sqrtPrice];
    const views = columns.filter((column) => ArrayBuffer.isView(column));
    expect(views.length).toBe(17);
    expect(views.every((view) => view.buffer === buffer && view.byteOffset % 8 === 0)).toBe(true);
  });

  test('may be one that threads share, written in pieces', async () => {
    let pauses = 0;
    const shared = await sharedBookBuffer(book, () => (++pauses % 2 === 0 ? Promise.resolve() : undefined));
    // A column a piece, and some of the tables.
    expect(pauses).toBeGreaterThan(17);
    expect(shared).toBeInstanceOf(SharedArrayBuffer);
    expect(Buffer.from(shared)).toEqual(Buffer.from(bookBuffer(book)));
    expect(bookOfBuffer(shared)).toEqual(book);
  });

  test('gives books of any size back, each with its own hash', () => {
    fc.assert(
      fc.property(books, (one) => {
        const back = bookOfBuffer(bookBuffer(one));
        expect(hashBook(back)).toBe(one.hash);
        expect(back).toEqual(one);
      }),
      { numRuns: 50 },
    );
  });

  test('is transferred to another thread without a copy', async () => {
    const buffer = bookBuffer(book);
    const { port1, port2 } = new MessageChannel();
    const received = new Promise<Book>((resolve) => {
      port2.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => resolve(bookOfBuffer(data));
    });
    port1.postMessage(buffer, [buffer]);
    expect(buffer.byteLength).toBe(0);
    expect((await received).hash).toBe(book.hash);
    port1.close();
    const again = bookBuffer(book);
    expect(bookOfBuffer(structuredClone(again, { transfer: [again] }))).toEqual(book);
    expect(() => bookOfBuffer(again)).toThrow(/not a book/);
  });

  test.each([Number.NaN, Infinity, -Infinity, -1e300])(
    'is refused with %p in any of its columns of floats, though its hash fits',
    (value) => {
      const { hash: _, ...content } = book;
      let tried = 0;
      for (const part of ['legs', 'accounts'] as const)
        for (const [name, column] of Object.entries(content[part])) {
          if (!(column instanceof Float64Array)) continue;
          tried += 1;
          const changed = {
            ...content,
            [part]: { ...content[part], [name]: Float64Array.from(column).fill(value) },
          };
          const read = () => importBook(bookBuffer({ ...changed, hash: hashBook(changed) }));
          expect(read).toThrow(BadDataError);
          expect(read).toThrow(new RegExp(name === 'stake' ? 'stake' : `${name}|amount`));
        }
      expect(tried).toBe(7);
    },
  );

  test('is read from a file as its text is, and refused when a number was changed', () => {
    const buffer = bookBuffer(book);
    expect(importBook(buffer)).toEqual(book);
    const { legs } = bookOfBuffer(buffer);
    legs.liquidationBonus[0] = 0.07;
    expect(() => importBook(buffer)).toThrow(/changed after its export/);
    legs.market[0] = 99;
    expect(() => importBook(buffer)).toThrow(/legs\.market\[0\] names row 99/);
  });

  test.each<[string, (buffer: ArrayBuffer) => ArrayBuffer, RegExp]>([
    ['nothing', () => new ArrayBuffer(0), /not a book/],
    ['a few bytes', (buffer) => buffer.slice(0, 12), /not a book/],
    ['zeros', () => new ArrayBuffer(1_024), /not a book: it does not begin as the buffer of one/],
    [
      'one cut off in its columns',
      (buffer) => buffer.slice(0, -8),
      /cut off: it has \d+ bytes, but there are \d+/,
    ],
    ['one cut off in its tables', (buffer) => buffer.slice(0, 64), /cut off/],
    ['one of another version', withWord(2, 9), /version 9, this program reads version 4/],
    ['tables longer than all', withWord(3, 2 ** 31), /cut off/],
    [
      'a column of another class',
      replaced('"Uint16Array"', '"Float16Array"'),
      /column\[0\] must be one of Float64Array/,
    ],
    ['a column beyond the end', replaced('"Uint16Array",0', '"Uint16Array",80000'), /beyond the end/],
    ['a column between two', replaced('"Uint16Array",0', '"Uint16Array",4'), /column\[1\] must be/],
    ['a field that is none', replaced('"chainId"', '"chainNo"'), /book\.content\.chainId is missing|chainNo/],
    ['a column in another’s place', replaced('"Int8Array"', '"Uint8Array"'), /legs\.side must be a list/],
  ])('is refused when it is %s', (_, change, message) => {
    const changed = change(bookBuffer(book));
    expect(() => bookOfBuffer(changed)).toThrow(message);
    expect(() => bookOfBuffer(changed)).toThrow(BadDataError);
  });
});

/** A buffer with one word of 32 bits of its head replaced. */
function withWord(place: number, value: number) {
  return (buffer: ArrayBuffer): ArrayBuffer => {
    new Uint32Array(buffer, 0, 6)[place] = value;
    return buffer;
  };
}

/** A buffer with a text in its tables replaced. */
function replaced(text: string, by: string) {
  return (buffer: ArrayBuffer): ArrayBuffer => {
    const length = new Uint32Array(buffer, 12, 1)[0]!;
    const tables = new TextDecoder().decode(new Uint8Array(buffer, 24, length));
    expect(tables).toContain(text);
    const changed = new TextEncoder().encode(tables.replace(text, by));
    const behind = buffer.slice(Math.ceil((24 + length) / 8) * 8);
    const start = Math.ceil((24 + changed.length) / 8) * 8;
    const out = new ArrayBuffer(start + behind.byteLength);
    const bytes = new Uint8Array(out);
    bytes.set(new Uint8Array(buffer, 0, 24));
    bytes.set(changed, 24);
    bytes.set(new Uint8Array(behind), start);
    new Uint32Array(out, 12, 1)[0] = changed.length;
    new Float64Array(out, 16, 1)[0] = out.byteLength;
    return out;
  };
}
