/** Bits of a key that one pass goes by. */
const PASS_BITS = 11;
const BUCKETS = 1 << PASS_BITS;

/**
 * Sorts rows by numbers, the largest first, by the upper halves of their floats: sign, exponent and 20 more bits, which are all that a
 * rounded pay has. Rows whose upper halves are the same stand side by side afterwards, in any order. A radix sort: three passes or fewer
 * over the rows, whatever they are.
 */
export class ByPay {
  /** After `sort`: the upper half by place, in ascending order. */
  key = new Uint32Array(0);
  #rows = new Int32Array(0);
  #spare = new Int32Array(0);
  #keys = new Uint32Array(0);
  #spareKeys = new Uint32Array(0);
  readonly #starts = new Int32Array(BUCKETS);
  readonly #float = new Float64Array(1);
  readonly #halves = new Int32Array(this.#float.buffer);

  #reserve(count: number): void {
    if (count <= this.#rows.length) return;
    const most = 2 * count;
    this.#rows = new Int32Array(most);
    this.#spare = new Int32Array(most);
    this.#keys = new Uint32Array(most);
    this.#spareKeys = new Uint32Array(most);
    this.key = new Uint32Array(most);
  }

  /** Writes the rows from 0 up to before `count` in order of their pay into `order`. */
  sort(pay: Float64Array, count: number, order: Int32Array): void {
    this.#reserve(count);
    let differing = 0;
    for (let row = 0; row < count; row++) {
      this.#rows[row] = row;
      this.#keys[row] = this.#keyOf(pay[row]!);
      differing |= this.#keys[row]! ^ this.#keys[0]!;
    }
    for (let shift = 0; shift < 32; shift += PASS_BITS)
      if (((differing >>> shift) & (BUCKETS - 1)) !== 0) this.#pass(count, shift);
    order.set(this.#rows.subarray(0, count));
    this.key.set(this.#keys.subarray(0, count));
  }

  /** The upper half of a float as a number that is the smaller the larger the float is. */
  #keyOf(pay: number): number {
    // A zero has no sign here.
    this.#float[0] = pay + 0;
    const half = this.#halves[UPPER]!;
    return (~(half ^ ((half >> 31) & 0x7f_ff_ff_ff)) ^ 0x80_00_00_00) >>> 0;
  }

  #pass(count: number, shift: number): void {
    const rows = this.#rows;
    const spare = this.#spare;
    const keys = this.#keys;
    const spareKeys = this.#spareKeys;
    const starts = this.#starts;
    starts.fill(0);
    for (let i = 0; i < count; i++) starts[(keys[i]! >>> shift) & (BUCKETS - 1)]! += 1;
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const own = starts[bucket]!;
      starts[bucket] = sum;
      sum += own;
    }
    for (let i = 0; i < count; i++) {
      const place = starts[(keys[i]! >>> shift) & (BUCKETS - 1)]!++;
      spare[place] = rows[i]!;
      spareKeys[place] = keys[i]!;
    }
    this.#rows = spare;
    this.#spare = rows;
    this.#keys = spareKeys;
    this.#spareKeys = keys;
  }
}

/** Where the upper half of a float stands among its two. */
const UPPER = new Uint8Array(Float64Array.of(1).buffer)[7] === 0x3f ? 1 : 0;
