import type { Outcome } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import type { IndexRange } from '../plan/open-plan.ts';
import { columnStarts, FIGURES, valuesOf, type Figure, type Grouped } from './columns.ts';
import { packChunk, unpackChunk, type SweepChunk } from './sweep-chunk.ts';
import type { SweepShape } from './sweep-shape.ts';

/**
 * What is kept of a sweep: one column per figure, one row per scenario. Rows come in any order, one by one or in chunks; a row that
 * comes again must be the same and changes nothing. A column in which every row is 0 takes no memory.
 */
export class SweepTable {
  readonly shape: SweepShape;
  readonly #places: ReturnType<typeof columnStarts>;
  readonly #columns = new Map<number, Float64Array>();
  readonly #isPut: Uint8Array;
  readonly #nothing: Float64Array;
  #done = 0;

  constructor(shape: SweepShape) {
    this.shape = shape;
    this.#places = columnStarts(shape);
    this.#isPut = new Uint8Array(shape.count);
    this.#nothing = new Float64Array(shape.count);
  }

  /** Scenarios whose results are there. */
  get done(): number {
    return this.#done;
  }

  get isComplete(): boolean {
    return this.#done === this.shape.count;
  }

  has(index: number): boolean {
    return this.#isPut[index] === 1;
  }

  /** A figure by scenario index, 0 where no result is there yet. Not to be written to. */
  figure(figure: Figure): Float64Array {
    return this.#columns.get(FIGURES.indexOf(figure)) ?? this.#nothing;
  }

  /** A figure of one row of the book, by scenario index; as `figure`. */
  grouped(group: Grouped, row: number): Float64Array {
    return this.#columns.get(this.#places.starts[group] + row) ?? this.#nothing;
  }

  /** @throws BadDataError for an index that the sweep has not, and for another result than was put there before. */
  put(index: number, outcome: Outcome): void {
    const values = valuesOf(outcome, this.#places);
    this.#putRow(index, (column) => values[column]!, values.keys());
  }

  /**
   * Takes over a chunk, however often.
   *
   * @throws BadDataError for a chunk that is damaged or of another sweep, and as `put`.
   */
  putChunk(chunk: SweepChunk): void {
    const { key, from, to, columns } = unpackChunk(chunk);
    if (key !== this.shape.key)
      throw new BadDataError(
        `the chunk of scenarios ${from} to ${to} is of another sweep: of another book, plan or engine. Run it again.`,
      );
    const highest = Math.max(-1, ...columns.keys());
    if (highest >= this.#places.count)
      throw new BadDataError(
        `the chunk has a column ${highest}, but the sweep ${this.#places.count} columns`,
      );
    const known = new Set([...columns.keys(), ...this.#columns.keys()]);
    for (let index = from; index < to; index++)
      this.#putRow(index, (column) => columns.get(column)?.[index - from] ?? 0, known);
  }

  /** @throws BadDataError where results of the range are missing. */
  chunk({ from, to }: IndexRange): SweepChunk {
    for (let index = from; index < to; index++)
      if (!this.has(index)) throw new BadDataError(`scenario ${index} has no result yet`);
    const columns = new Map(
      [...this.#columns].map(([number, column]) => [number, column.subarray(from, to)]),
    );
    return packChunk({ key: this.shape.key, from, to, columns });
  }

  /** Ranges whose results are there, in order. */
  present(): IndexRange[] {
    return this.#ranges(1);
  }

  /** Ranges whose results are missing, in order, each at most so long: what is left to run. */
  missing(atMost = Infinity): IndexRange[] {
    return this.#ranges(0).flatMap((range) => pieces(range, atMost));
  }

  #putRow(index: number, valueOf: (column: number) => number, columns: Iterable<number>): void {
    const { count } = this.shape;
    if (!(Number.isInteger(index) && index >= 0 && index < count))
      throw new BadDataError(`the sweep has scenarios 0 to ${count - 1}, and none ${index}`);
    const isAgain = this.has(index);
    for (const column of columns) {
      const value = valueOf(column);
      const before = this.#columns.get(column);
      if (isAgain && value !== (before?.[index] ?? 0))
        throw new BadDataError(
          `scenario ${index} has two results that differ: the same scenario must give the same bits wherever it runs`,
        );
      if (isAgain || value === 0) continue;
      const into = before ?? new Float64Array(count);
      into[index] = value;
      if (!before) this.#columns.set(column, into);
    }
    if (isAgain) return;
    this.#isPut[index] = 1;
    this.#done += 1;
  }

  #ranges(isPut: 0 | 1): IndexRange[] {
    const ranges: IndexRange[] = [];
    let from = 0;
    while (from < this.#isPut.length) {
      const start = this.#isPut.indexOf(isPut, from);
      if (start === -1) break;
      const end = this.#isPut.indexOf(isPut === 1 ? 0 : 1, start);
      from = end === -1 ? this.#isPut.length : end;
      ranges.push({ from: start, to: from });
    }
    return ranges;
  }
}

/** A range cut into ranges of at most so many. */
function pieces({ from, to }: IndexRange, atMost: number): IndexRange[] {
  if (to - from <= atMost) return [{ from, to }];
  return Array.from({ length: Math.ceil((to - from) / atMost) }, (_, piece) => ({
    from: from + piece * atMost,
    to: Math.min(to, from + (piece + 1) * atMost),
  }));
}
