import { openGroups, type LineGroup } from './line-groups.ts';
import { openRest } from './line-rest.ts';
import type { Finder, LineAccount } from './line.ts';

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
