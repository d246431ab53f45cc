import { openGroups, type LineGroup } from './line-groups.ts';
import { openRest } from './line-rest.ts';

/**
 * Which accounts may be below a line at given prices, found without looking at the others.
 *
 * An account is below its line while Σ held weight × price < (1 + slack) × Σ owed weight × price. Accounts with the same prices on
 * their sides are grouped and sorted by the ratio of the two sums at the base prices: since no sum falls by more than its worst price,
 * or rises by more than its best, those that may be below are a prefix; with one price on each side, just those that are. The rest is
 * one list, sorted so as well, within whose prefix the sums are taken. An answer may hold accounts that are not below, and none that is
 * is ever left out.
 */
export interface LineIndex {
  /** The most that `next` may write. */
  readonly most: number;
  /** Nobody has been found yet. */
  begin(): void;
  /**
   * Writes the accounts that may be below at prices and have not been found since `begin` into `found`, from its start; returns how many.
   * An account with several lines may be there several times.
   *
   * @param fallen by how much any ratio of two sums can have fallen since `begin`: the product, over all changes of prices, of the
   *   least move of a price ÷ the greatest.
   */
  next(price: Float64Array, fallen: number, found: Int32Array): number;
}

/** One account and a line of its own. */
export interface LineAccount {
  readonly account: number;
  /** Rows of prices, and weights above 0, of both sides. */
  readonly heldRows: readonly number[];
  readonly heldWeights: readonly number[];
  readonly owedRows: readonly number[];
  readonly owedWeights: readonly number[];
  /** See above; at least 0. */
  readonly slack: number;
}

/** A line under way. */
export interface DraftLine {
  /** Adds a weight on a row of prices: above 0 it is held, below 0 owed. */
  add(row: number, weight: number): void;
  done(slack: number): LineAccount;
}

export function draftLine(account: number): DraftLine {
  const heldRows: number[] = [];
  const heldWeights: number[] = [];
  const owedRows: number[] = [];
  const owedWeights: number[] = [];
  return {
    add(row, weight) {
      if (weight > 0) {
        heldRows.push(row);
        heldWeights.push(weight);
      } else if (weight < 0) {
        owedRows.push(row);
        owedWeights.push(-weight);
      }
    },
    done: (slack) => ({ account, heldRows, heldWeights, owedRows, owedWeights, slack }),
  };
}

/** What floats may leave of the comparisons here. */
export const HAIR = 1e-9;

/** Groups of fewer members than this go to the list of the rest: a group costs as much as a few accounts. */
const LEAST_GROUP = 16;

export function lineIndex(lines: Iterable<LineAccount>, basePrice: Float64Array): LineIndex {
  const always: number[] = [];
  const bySides = new Map<string, LineAccount[]>();
  let most = 0;
  for (const line of lines) {
    most += 1;
    const { heldRows, owedRows, slack, account } = line;
    if (owedRows.length === 0) continue;
    const isPriced = [...heldRows, ...owedRows].every(
      (row) => basePrice[row]! > 0 && basePrice[row]! < Infinity,
    );
    if (heldRows.length === 0 || !isPriced || !(slack < 1)) {
      always.push(account);
      continue;
    }
    const name = `${distinct(heldRows).join(' ')}/${distinct(owedRows).join(' ')}`;
    const group = bySides.get(name);
    if (group) group.push(line);
    else bySides.set(name, [line]);
  }
  const rest: LineAccount[] = [];
  const groups: LineGroup[] = [];
  for (const group of bySides.values()) {
    const held = distinct(group[0]!.heldRows);
    const owed = distinct(group[0]!.owedRows);
    if (group.length >= LEAST_GROUP || held.length + owed.length === 2)
      groups.push({ lines: group, held, owed });
    else rest.push(...group);
  }
  return openIndex({ most, always, basePrice }, openGroups(groups, basePrice), openRest(rest, basePrice));
}

/** Finds from prices ÷ base prices, writes behind `count` accounts, and returns the new count. */
export interface Finder {
  begin(): void;
  next(
    factor: Float64Array,
    found: Int32Array,
    at: { readonly count: number; readonly fallen: number },
  ): number;
}

function openIndex(
  of: { readonly most: number; readonly always: readonly number[]; readonly basePrice: Float64Array },
  ...finders: readonly Finder[]
): LineIndex {
  const { most, always, basePrice } = of;
  const factor = new Float64Array(basePrice.length);
  let isFirst = true;
  return {
    most,
    begin() {
      isFirst = true;
      for (const finder of finders) finder.begin();
    },
    next(price, fallen, found) {
      let count = 0;
      if (isFirst) for (const account of always) found[count++] = account;
      isFirst = false;
      for (let row = 0; row < price.length; row++) factor[row] = price[row]! / basePrice[row]!;
      for (const finder of finders) count = finder.next(factor, found, { count, fallen });
      return count;
    },
  };
}

const distinct = (rows: readonly number[]) => [...new Set(rows)].sort((a, b) => a - b);

/** The ratio of what is held to what is owed at the base prices ÷ (1 + slack). */
export function baseRatio(line: LineAccount, basePrice: Float64Array): number {
  let held = 0;
  let owed = 0;
  for (const [i, row] of line.heldRows.entries()) held += line.heldWeights[i]! * basePrice[row]!;
  for (const [i, row] of line.owedRows.entries()) owed += line.owedWeights[i]! * basePrice[row]!;
  return held / (owed * (1 + line.slack));
}
