import type { Book } from '@undertow/book';
import type { LegTerms } from './leg-terms.ts';
import { RULE_WIDTH } from './lending-rules.ts';

/** Words of eight bytes before the legs of a record, and of each leg. */
export const HEAD = 4;
export const LEG = 2;

/** Of a record, the word with its slack, see `healthSlacks`. */
export const SLACK = 0;
// Of a record, half words: its account, how many legs it has on each side, where its venue's rule begins.
export const ACCOUNT = 2;
export const HELD = 4;
export const OWED = 5;
export const RULE = 6;
/** Bits of `IS_FLOORED` and `IS_TOUCHED`. */
export const STATE = 7;
export const IS_FLOORED = 1;
export const IS_TOUCHED = 2;
// Of a leg, half words: the row of its terms, and its row in the book. Its first word is its amount.
export const TERMS = 2;
export const COLUMN = 3;

/** Records begin at whole lines of the processor's memory: one line holds an account with one leg on each side. */
const LINE = 8;

/**
 * All that rounds read of accounts of lending venues, each account's side by side: where it would lie in ten columns, each visit would
 * wait for as many lines of far memory. What is held stands before what is owed. Records are in the order of `LendingGroups`, so that
 * those that a run has to do with are together.
 */
export interface LendingRecords {
  readonly count: number;
  /** By place, the word where its record begins; and where the last ends. */
  readonly at: Uint32Array;
  /** By account, the same; `NO_RECORD` = it is of another venue, or owes nothing. */
  readonly ofAccount: Int32Array;
  readonly words: Float64Array;
  /** The same memory. */
  readonly halves: Int32Array;
}

export const NO_RECORD = -1;

/** @param accounts by place. */
export function lendingRecords(
  book: Book,
  terms: LegTerms,
  of: { readonly accounts: Int32Array; readonly slack: Float64Array },
): LendingRecords {
  const { legs, venues } = book;
  const { legStart, venue } = book.accounts;
  const count = of.accounts.length;
  const at = new Uint32Array(count + 1);
  const ofAccount = new Int32Array(book.accounts.count).fill(NO_RECORD);
  for (let place = 0; place < count; place++) {
    const account = of.accounts[place]!;
    const wanted = HEAD + LEG * (legStart[account + 1]! - legStart[account]!);
    ofAccount[account] = at[place]!;
    at[place + 1] = at[place]! + LINE * Math.ceil(wanted / LINE);
  }
  const words = new Float64Array(at[count]!);
  const halves = new Int32Array(words.buffer);
  for (let place = 0; place < count; place++) {
    const word = at[place]!;
    const account = of.accounts[place]!;
    const first = legStart[account]!;
    const end = legStart[account + 1]!;
    let to = word + HEAD;
    for (const side of [1, -1] as const) {
      for (let leg = first; leg < end; leg++) {
        if (legs.side[leg] !== side) continue;
        words[to] = legs.amount[leg]!;
        halves[2 * to + TERMS] = terms.of[leg]!;
        halves[2 * to + COLUMN] = leg;
        to += LEG;
      }
      if (side === 1) halves[2 * word + HELD] = (to - word - HEAD) / LEG;
    }
    const { rule } = venues[venue[account]!]!;
    const isFloored = rule?.kernel === 'repay-and-seize' && rule.floorsAverageThreshold;
    words[word + SLACK] = of.slack[account]!;
    halves[2 * word + ACCOUNT] = account;
    halves[2 * word + OWED] = end - first - halves[2 * word + HELD]!;
    halves[2 * word + RULE] = RULE_WIDTH * venue[account]!;
    halves[2 * word + STATE] = isFloored ? IS_FLOORED : 0;
  }
  return { count, at, ofAccount, words, halves };
}

/** Records in a run under way, changed in place; the next run puts back what this one has changed. */
export class LiveRecords implements LendingRecords {
  readonly count: number;
  readonly at: Uint32Array;
  readonly ofAccount: Int32Array;
  readonly words: Float64Array;
  readonly halves: Int32Array;
  /** By account: 1 = its amounts are no longer the book's. */
  readonly #isTouched: Uint8Array;
  readonly #bookAmount: Float64Array;

  /**
   * @param records which are changed from now on: of those that are changed there is one at a time.
   * @param bookAmount by leg.
   */
  constructor(
    records: LendingRecords,
    { isTouched, bookAmount }: { readonly isTouched: Uint8Array; readonly bookAmount: Float64Array },
  ) {
    this.count = records.count;
    this.at = records.at;
    this.ofAccount = records.ofAccount;
    this.words = records.words;
    this.halves = records.halves;
    this.#isTouched = isTouched;
    this.#bookAmount = bookAmount;
    // Another run may have changed them.
    for (let place = 0; place < this.count; place++) this.restore(this.at[place]!);
  }

  isTouched(word: number): boolean {
    return (this.halves[2 * word + STATE]! & IS_TOUCHED) !== 0;
  }

  /** Notes that the amounts of a record change; whether it is the first time. */
  touch(word: number): boolean {
    if (this.isTouched(word)) return false;
    this.halves[2 * word + STATE]! |= IS_TOUCHED;
    this.#isTouched[this.halves[2 * word + ACCOUNT]!] = 1;
    return true;
  }

  /** The book's own amounts again. */
  restore(word: number): void {
    if (!this.isTouched(word)) return;
    const { halves } = this;
    this.#isTouched[halves[2 * word + ACCOUNT]!] = 0;
    halves[2 * word + STATE]! &= ~IS_TOUCHED;
    this.pull(word, this.#bookAmount);
  }

  /** Where the legs of a record end. */
  endOf(word: number): number {
    const { halves } = this;
    return word + HEAD + LEG * (halves[2 * word + HELD]! + halves[2 * word + OWED]!);
  }

  /** Takes the amounts of a record from a column by leg. */
  pull(word: number, amount: Float64Array): void {
    const { words, halves } = this;
    for (let leg = word + HEAD, end = this.endOf(word); leg < end; leg += LEG)
      words[leg] = amount[halves[2 * leg + COLUMN]!]!;
  }

  /** Writes the amounts of a record into a column by leg. */
  push(word: number, amount: Float64Array): void {
    const { words, halves } = this;
    for (let leg = word + HEAD, end = this.endOf(word); leg < end; leg += LEG)
      amount[halves[2 * leg + COLUMN]!] = words[leg]!;
  }
}
