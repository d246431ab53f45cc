/** Typed arrays that a column can be. */
type Column = Float64Array | Uint32Array | Uint8Array;

const FIRST = 1_024;

/** A typed array that doubles when it is full: a million numbers cost their bytes and no objects. */
export class Growing<Kind extends Column> {
  #values: Kind;
  #length = 0;
  readonly #make: (length: number) => Kind;

  constructor(make: (length: number) => Kind) {
    this.#make = make;
    this.#values = make(FIRST);
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = this.#make(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  /** What was pushed, without a copy; not to be pushed to any more. */
  get values(): Kind {
    return this.#values.subarray(0, this.#length) as Kind;
  }
}

export const growingFloats = () => new Growing((length) => new Float64Array(length));
export const growingIntegers = () => new Growing((length) => new Uint32Array(length));
export const growingBytes = () => new Growing((length) => new Uint8Array(length));
