/** The last so many values of a series, in order: what order statistics of a moving window are read from. */
export class SortedWindow {
  readonly #size: number;
  readonly #sorted: Float64Array;
  /** In the order in which they came, round and round. */
  readonly #came: Float64Array;
  #count = 0;
  #next = 0;

  constructor(size: number) {
    this.#size = size;
    this.#sorted = new Float64Array(size);
    this.#came = new Float64Array(size);
  }

  get isFull(): boolean {
    return this.#count === this.#size;
  }

  /** Takes a value in; when the window is full, the oldest goes out. */
  push(value: number): void {
    const sorted = this.#sorted;
    if (this.isFull) {
      const at = this.#placeOf(this.#came[this.#next]!);
      sorted.copyWithin(at, at + 1, this.#count);
      this.#count -= 1;
    }
    const at = this.#placeOf(value);
    sorted.copyWithin(at + 1, at, this.#count);
    sorted[at] = value;
    this.#came[this.#next] = value;
    this.#count += 1;
    this.#next = (this.#next + 1) % this.#size;
  }

  /** The value of a rank from 1, the smallest, to the window's size. */
  ofRank(rank: number): number {
    return this.#sorted[rank - 1]!;
  }

  /** How many are smaller. */
  #placeOf(value: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
