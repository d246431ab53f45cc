import { isDue, type AccountRow } from '@undertow/book';
import type { View } from '../../state.ts';
import type { CompiledBook } from './compiled-book.ts';
import type { LegTerms } from './leg-terms.ts';
import type { LendingGroups } from './lending-groups.ts';
import { LendingReach } from './lending-reach.ts';
import {
  ACCOUNT,
  HEAD,
  HELD,
  IS_FLOORED,
  IS_TOUCHED,
  LEG,
  OWED,
  SLACK,
  STATE,
  TERMS,
  type LiveRecords,
} from './lending-records.ts';

/** As long as prices have to be asked again in any case, and never again in this run. */
const ALWAYS = Infinity;
const NEVER = -1;

/** Of the account that was valued last. */
const HEALTH = 0;
const DEBT_USD = 1;

/**
 * Accounts of lending venues that are due. Of each group of them (`LendingGroups`) those that may have been due in this run are its first;
 * of each stands in one column how far its group must fall before it may be due, and it is valued only then.
 */
export class LendingDue {
  /** Those that are due, by the words where their records begin: the first `count`, each with its health factor and what it owes, USD. */
  readonly found: Int32Array;
  readonly health: Float64Array;
  readonly debtUsd: Float64Array;
  count = 0;
  readonly #foundAt: Int32Array;
  readonly #terms: LegTerms;
  readonly #records: LiveRecords;
  readonly #groups: LendingGroups;
  readonly #reach: LendingReach;
  /** By row of terms. */
  readonly #usd: Float64Array;
  /** By group: where those end that have been looked at, the key of the next, and the most of `#until` before it. */
  readonly #end: Int32Array;
  readonly #nextKey: Float64Array;
  readonly #mostUntil: Float64Array;
  /** By place that has been looked at: it has to be valued while less is left, see `LendingReach.fallen`. */
  readonly #until: Float64Array;
  /** See `HEALTH`. */
  readonly #value = new Float64Array(2);

  constructor(compiled: CompiledBook, records: LiveRecords, usd: Float64Array) {
    const { terms, lending, oracleBaseUsd, lendingSides } = compiled;
    this.#terms = terms;
    this.#records = records;
    this.#groups = lending;
    this.#reach = new LendingReach(lending, oracleBaseUsd, lendingSides);
    this.#usd = usd;
    this.#end = lending.start.slice(0, -1);
    this.#nextKey = new Float64Array(this.#end.length);
    this.#mostUntil = new Float64Array(this.#end.length);
    this.#until = new Float64Array(records.count);
    this.found = new Int32Array(records.count);
    this.#foundAt = new Int32Array(records.count);
    this.health = new Float64Array(records.count);
    this.debtUsd = new Float64Array(records.count);
  }

  /** Before the first search of a run: all amounts are the book's again. */
  begin(): void {
    const { start, key } = this.#groups;
    const { at } = this.#records;
    for (let group = 0; group < this.#end.length; group++) {
      const first = start[group]!;
      const end = this.#end[group]!;
      for (let place = first; place < end; place++) this.#records.restore(at[place]!);
      this.#end[group] = first;
      this.#nextKey[group] = key[first]!;
      this.#mostUntil[group] = NEVER;
    }
    this.#reach.begin();
  }

  /** Of one that was found last nothing is left to take in this run, whatever prices do. */
  spend(row: number): void {
    this.#until[this.#foundAt[row]!] = NEVER;
  }

  /** Calls back with every record whose amounts have changed. */
  eachTouched(see: (word: number) => void): void {
    const { start } = this.#groups;
    const { at } = this.#records;
    for (let group = 0; group < this.#end.length; group++)
      for (let place = start[group]!, end = this.#end[group]!; place < end; place++)
        if (this.#records.isTouched(at[place]!)) see(at[place]!);
  }

  /** Notes who is due at a view's prices; with `isWide` every account is valued, and its venue's integers asked. */
  find(view: View, price: Float64Array, isWide: boolean): void {
    const { start, key } = this.#groups;
    const ends = this.#end;
    const nextKey = this.#nextKey;
    const mostUntil = this.#mostUntil;
    const until = this.#until;
    const { reach, fallen } = this.#reach;
    this.#reach.follow(price);
    this.count = 0;
    for (let group = 0; group < ends.length; group++) {
      if (!(nextKey[group]! < reach[group]!) && !(fallen[group]! < mostUntil[group]!) && !isWide) continue;
      const last = start[group + 1]!;
      const line = reach[group]!;
      const left = fallen[group]!;
      let place = start[group]!;
      let most = NEVER;
      for (let end = ends[group]!; place < end; place++) {
        if (left < until[place]! || isWide) until[place] = this.#test(view, place, left, isWide);
        if (until[place]! > most) most = until[place]!;
      }
      for (; place < last && (key[place]! < line || isWide); place++) {
        until[place] = this.#test(view, place, left, isWide);
        if (until[place]! > most) most = until[place]!;
      }
      ends[group] = place;
      nextKey[group] = place < last ? key[place]! : Infinity;
      mostUntil[group] = most;
    }
  }

  /** Notes an account that is due; returns how much may be left of what carries it before it has to be valued again. */
  #test(view: View, place: number, left: number, isWide: boolean): number {
    const { at, words, halves } = this.#records;
    const word = at[place]!;
    this.#work(word);
    const health = this.#value[HEALTH]!;
    const slack = words[word + SLACK]!;
    let due = health < 1;
    // Near the line the venue's own integers decide.
    if ((halves[2 * word + STATE]! & IS_TOUCHED) === 0 && (isWide || Math.abs(health - 1) < slack))
      due = isDue(view, halves[2 * word + ACCOUNT]! as AccountRow);
    if (!due || !(this.#value[DEBT_USD]! > 0))
      return health === Infinity ? NEVER : (left * (1 + slack)) / health;
    const row = this.count++;
    this.found[row] = word;
    this.#foundAt[row] = place;
    this.health[row] = health;
    this.debtUsd[row] = this.#value[DEBT_USD]!;
    return ALWAYS;
  }

  /** As `valueAccount`, in the same order of arithmetic. */
  #work(word: number): void {
    const { words, halves } = this.#records;
    const { threshold, backed } = this.#terms;
    const usd = this.#usd;
    let collateralUsd = 0;
    let weightedUsd = 0;
    let debtUsd = 0;
    let backedUsd = 0;
    let leg = word + HEAD;
    const owed = leg + LEG * halves[2 * word + HELD]!;
    const end = owed + LEG * halves[2 * word + OWED]!;
    for (; leg < owed; leg += LEG) {
      const row = halves[2 * leg + TERMS]!;
      const share = threshold[row]!;
      if (!(share > 0)) continue;
      const valueUsd = words[leg]! * usd[row]!;
      collateralUsd += valueUsd;
      weightedUsd += valueUsd * share;
    }
    for (; leg < end; leg += LEG) {
      const row = halves[2 * leg + TERMS]!;
      const valueUsd = words[leg]! * usd[row]!;
      debtUsd += valueUsd;
      backedUsd += valueUsd * backed[row]!;
    }
    if ((halves[2 * word + STATE]! & IS_FLOORED) !== 0 && collateralUsd > 0)
      weightedUsd = (collateralUsd * Math.floor((weightedUsd / collateralUsd) * 10_000 + 1e-9)) / 10_000;
    this.#value[HEALTH] = backedUsd > 0 ? weightedUsd / backedUsd : Infinity;
    this.#value[DEBT_USD] = debtUsd;
  }
}
