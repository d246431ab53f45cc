import { BadDataError } from '@undertow/units';
import type { RowPlace } from './table.ts';

/** What is wrong with a cell, a row or a whole file. */
export interface TableProblem {
  readonly file: string;
  /** See `RowPlace.line`; undefined when it is the file's. */
  readonly line: number | undefined;
  readonly column: string | undefined;
  /** What is wrong and what to do, in a sentence. */
  readonly problem: string;
}

/** Everything that is wrong with some tables, as one error that lists it. */
export class TableError extends BadDataError {
  readonly problems: readonly TableProblem[];

  constructor(problems: readonly TableProblem[], hasMore: boolean, words: (problem: TableProblem) => string) {
    const many = problems.length === 1 ? '1 thing is' : `${problems.length} things are`;
    const more = hasMore ? [`There may be more: reading stopped here.`] : [];
    super([`${many} wrong with the tables:`, ...problems.map(words), ...more].join('\n'));
    this.problems = problems;
  }
}

/** After so many problems reading stops: the rest is most likely the same mistake. */
const MOST_PROBLEMS = 50;

/** Gathers what is wrong, so that a person hears of all of it at once. */
export class Problems {
  readonly #found: TableProblem[] = [];
  /** Files whose rows are counted by line. */
  readonly #hasLines = new Set<string>();

  countsLines(file: string): void {
    this.#hasLines.add(file);
  }

  /** @throws TableError when there are too many to go on. */
  add(place: Partial<RowPlace> & Pick<RowPlace, 'file'>, column: string | undefined, problem: string): void {
    this.#found.push({ file: place.file, line: place.line, column, problem });
    if (this.#found.length >= MOST_PROBLEMS) throw this.#error(true);
  }

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  /** @throws TableError when there are any. */
  throwIfAny(): void {
    if (!this.isEmpty) throw this.#error(false);
  }

  #error(hasMore: boolean): TableError {
    return new TableError(this.#found, hasMore, ({ file, line, column, problem }) => {
      const where = [
        file,
        ...(line === undefined ? [] : [`${this.#hasLines.has(file) ? 'line' : 'row'} ${line}`]),
        ...(column === undefined ? [] : [`column ${column}`]),
      ];
      return `${where.join(', ')}: ${problem}`;
    });
  }
}
