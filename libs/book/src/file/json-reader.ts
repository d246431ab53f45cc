import { BadDataError } from '@undertow/units';

/** Numbers of a list that was too long to be read at once. */
export class JsonNumbers {
  readonly values: Float64Array;

  constructor(values: Float64Array) {
    this.values = values;
  }
}

/** Bytes of a list that are read at once, at least. */
const AT_ONCE = 256 * 1_024;
/** The longest that one item of such a list may be, and all that is in no list, in bytes: thousands of times what a book has. */
const MOST_BYTES = 32 * 1_024 * 1_024;
const MOST_DEPTH = 64;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Reads JSON that comes in pieces of any size, as a file does: gives what `JSON.parse` would give of the whole text, which is never in
 * memory. Long lists of numbers alone come as `JsonNumbers`. Lists that are in no other list are read by some of their items at a
 * time; what is left without them is small, and is read at the end.
 */
export class JsonReader {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #atOnce: number;
  readonly #lists: unknown[] = [];
  /** What is in no list; in place of each list its number, as a list of that. */
  #frame = '';
  /** The list that is being read, and the depth of its items. */
  #list: LongList | undefined;
  #listDepth = 0;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  /** Bytes of the frame or the list that came in earlier pieces and are not read yet. */
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  /** Bytes before the present piece. */
  #before = 0;

  /** @param atOnce bytes of a list that are read at once, at least. */
  constructor(atOnce = AT_ONCE) {
    this.#atOnce = atOnce;
  }

  /** @throws BadDataError when it cannot become JSON any more, or when no memory would hold it. */
  push(piece: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      if (this.#isInText) {
        at = this.#endOfText(piece, at);
        continue;
      }
      const byte = piece[at]!;
      // Most bytes are digits, which are above the comma and below the bracket.
      if (byte > COMMA && byte < LIST) continue;
      if (byte === QUOTE) this.#isInText = true;
      else if (byte === LIST || byte === OBJECT) {
        this.#depth += 1;
        if (this.#depth > MOST_DEPTH) throw this.#not(at, `it is nested deeper than ${MOST_DEPTH} levels`);
        if (byte === OBJECT || this.#list) continue;
        this.#frame += this.#take(piece.subarray(start, at));
        this.#list = new LongList();
        this.#listDepth = this.#depth;
        start = at + 1;
      } else if (byte === LIST_END || byte === OBJECT_END) {
        if (this.#list && this.#depth === this.#listDepth) {
          if (byte === OBJECT_END) throw this.#not(at, 'a list ends with }');
          this.#read(this.#list, piece.subarray(start, at), at);
          this.#frame += `[${this.#lists.push(this.#list.done()) - 1}]`;
          this.#list = undefined;
          start = at + 1;
        }
        this.#depth -= 1;
      } else if (byte === COMMA && this.#list && this.#depth === this.#listDepth) {
        if (this.#waitingBytes + at - start < this.#atOnce) continue;
        this.#list.isLong = true;
        this.#read(this.#list, piece.subarray(start, at), at);
        start = at + 1;
      }
    }
    this.#keep(piece.slice(start));
    this.#before += piece.length;
  }

  /** Where a text ends that goes on at a place, or the last place of the piece. */
  #endOfText(piece: Uint8Array, from: number): number {
    let isEscaped = this.#isEscaped;
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at]!;
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) {
        this.#isInText = false;
        this.#isEscaped = false;
        return at;
      }
    }
    this.#isEscaped = isEscaped;
    return piece.length;
  }

  /** What was read. Throws BadDataError when it is not JSON, or not all of it came. */
  end(): unknown {
    if (this.#list) throw this.#not(0, 'it ends within a list');
    this.#frame += this.#take(new Uint8Array());
    return this.#placed(this.#parsed(this.#frame, 0));
  }

  #keep(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes + this.#frame.length > MOST_BYTES)
      throw new BadDataError(
        `the book has more than ${MOST_BYTES / 1_024 ** 2} MB without an end of an item before byte ${this.#before + bytes.length}, which no book has`,
      );
  }

  /** The text of what waits and some bytes more, of which nothing waits any longer. */
  #take(last: Uint8Array): string {
    const bytes = new Uint8Array(this.#waitingBytes + last.length);
    let at = 0;
    for (const part of [...this.#waiting, last]) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#waiting = [];
    this.#waitingBytes = 0;
    return this.#decoder.decode(bytes);
  }

  #read(list: LongList, last: Uint8Array, at: number): void {
    const items = this.#parsed(`[${this.#take(last)}]`, at) as unknown[];
    if (list.isLong && items.length === 0) throw this.#not(at, 'a comma without an item beside it');
    list.add(items);
  }

  #parsed(text: string, at: number): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw this.#not(at, cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  #not(at: number, why: string, cause?: unknown): BadDataError {
    return new BadDataError(`the book is not JSON: up to byte ${this.#before + at}, ${why}`, { cause });
  }

  #placed(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return this.#lists[value[0] as number];
    const parts = value as Record<string, unknown>;
    for (const [key, part] of Object.entries(parts)) {
      const read = this.#placed(part);
      if (read !== part) parts[key] = read;
    }
    return value;
  }
}

/** Items of a list as they come. As long as they are numbers they take eight bytes each. */
class LongList {
  /** Whether it is read by several times. */
  isLong = false;
  #numbers = new Float64Array(0);
  #count = 0;
  #items: unknown[] | undefined;

  add(items: readonly unknown[]): void {
    if (this.isLong && this.#items === undefined && items.every((item) => typeof item === 'number')) {
      this.#room(this.#count + items.length);
      this.#numbers.set(items, this.#count);
      this.#count += items.length;
      return;
    }
    this.#items ??= Array.from(this.#numbers.subarray(0, this.#count));
    for (const item of items) this.#items.push(item);
  }

  done(): readonly unknown[] | JsonNumbers {
    return this.#items ?? new JsonNumbers(this.#numbers.slice(0, this.#count));
  }

  #room(count: number): void {
    if (count <= this.#numbers.length) return;
    const larger = new Float64Array(Math.ceil(count * 1.5));
    larger.set(this.#numbers.subarray(0, this.#count));
    this.#numbers = larger;
  }
}
