/**
 * Which accounts may be below a line at given prices, found without looking at the others.
 *
 * An account is below its line while Σ held weight × price < (1 + slack) × Σ owed weight × price. Accounts with one weight on each
 * side are grouped by their two prices and sorted by held ÷ owed weight: those below are then a prefix. Accounts with the same
 * prices on their sides are grouped and sorted by the ratio at the base prices: since no sum falls by more than its worst price, or
 * rises by more than its best, those that may be below are again in a prefix. The rest is one list, sorted so as well, within whose
 * prefix the sums are taken. An answer may hold accounts that are not below, and never lacks one that is.
 */
export interface LineIndex {
  /** The most that `candidates` may write. */
  readonly most: number;
  /**
   * Writes the accounts that may be below at prices into `found`, from its start; returns how many. An account with several lines
   * may be there several times.
   */
  candidates(price: Float64Array, found: Int32Array): number;
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
const HAIR = 1e-9;

/** Groups of fewer members than this go to the list of the rest: a group costs as much as a few accounts. */
const LEAST_GROUP = 16;

export function lineIndex(lines: Iterable<LineAccount>, basePrice: Float64Array): LineIndex {
  const always: number[] = [];
  const pairs = new Map<string, LineAccount[]>();
  const signatures = new Map<string, LineAccount[]>();
  const add = (groups: Map<string, LineAccount[]>, name: string, line: LineAccount) => {
    const group = groups.get(name);
    if (group) group.push(line);
    else groups.set(name, [line]);
  };
  let most = 0;
  for (const line of lines) {
    most += 1;
    const { heldRows, owedRows, slack, account } = line;
    if (owedRows.length === 0) continue;
    const isPriced = [...heldRows, ...owedRows].every(
      (row) => basePrice[row]! > 0 && basePrice[row]! < Infinity,
    );
    if (heldRows.length === 0 || !isPriced || !(slack < 1)) always.push(account);
    else if (heldRows.length === 1 && owedRows.length === 1)
      add(pairs, `${heldRows[0]} ${owedRows[0]}`, line);
    else add(signatures, `${sorted(heldRows)}/${sorted(owedRows)}`, line);
  }
  const rest: LineAccount[] = [];
  const groups: LineAccount[][] = [];
  for (const group of signatures.values()) {
    if (group.length >= LEAST_GROUP) groups.push(group);
    else rest.push(...group);
  }
  const pairIndex = openPairs([...pairs.values()]);
  const groupIndex = openGroups(groups, basePrice);
  const restIndex = openRest(rest, basePrice);
  const factor = new Float64Array(basePrice.length);
  return {
    most,
    candidates(price, found) {
      let count = 0;
      for (const account of always) found[count++] = account;
      for (let row = 0; row < price.length; row++) factor[row] = price[row]! / basePrice[row]!;
      count = pairIndex(price, found, count);
      count = groupIndex(factor, found, count);
      return restIndex(factor, found, count);
    },
  };
}

const sorted = (rows: readonly number[]) => [...new Set(rows)].sort((a, b) => a - b).join(' ');

/** Finds from given prices or factors, writes behind `count` accounts, and returns the new count. */
type Finder = (by: Float64Array, found: Int32Array, count: number) => number;

/** Lines of one group, the nearest first. */
interface SortedLines {
  readonly lines: readonly LineAccount[];
  readonly account: Int32Array;
  readonly key: Float64Array;
}

function sortedBy(group: readonly LineAccount[], keyOf: (line: LineAccount) => number): SortedLines {
  const keyed = group.map((line) => ({ line, key: keyOf(line) }));
  keyed.sort((a, b) => a.key - b.key || a.line.account - b.line.account);
  return {
    lines: keyed.map(({ line }) => line),
    account: Int32Array.from(keyed, ({ line }) => line.account),
    key: Float64Array.from(keyed, ({ key }) => key),
  };
}

function openPairs(groups: readonly (readonly LineAccount[])[]): Finder {
  const pairs = groups.map((group) => {
    const [{ heldRows, owedRows }] = group as [LineAccount];
    const keyOf = ({ heldWeights, owedWeights, slack }: LineAccount) =>
      heldWeights[0]! / (owedWeights[0]! * (1 + slack));
    const { account, key } = sortedBy(group, keyOf);
    return { held: heldRows[0]!, owed: owedRows[0]!, account, key };
  });
  return (price, found, from) => {
    let count = from;
    for (const { held, owed, key, account } of pairs) {
      const line = (price[owed]! / price[held]!) * (1 + HAIR);
      for (let i = 0; i < key.length && !(key[i]! >= line); i++) found[count++] = account[i]!;
    }
    return count;
  };
}

/** The ratio at the base prices ÷ (1 + slack). */
function baseRatio(line: LineAccount, basePrice: Float64Array): number {
  let held = 0;
  let owed = 0;
  for (const [i, row] of line.heldRows.entries()) held += line.heldWeights[i]! * basePrice[row]!;
  for (const [i, row] of line.owedRows.entries()) owed += line.owedWeights[i]! * basePrice[row]!;
  return held / (owed * (1 + line.slack));
}

function openGroups(groups: readonly (readonly LineAccount[])[], basePrice: Float64Array): Finder {
  const opened = groups.map((group) => {
    const { account, key } = sortedBy(group, (line) => baseRatio(line, basePrice));
    const held = [...new Set(group[0]!.heldRows)];
    const owed = [...new Set(group[0]!.owedRows)];
    return { held, owed, account, key };
  });
  return (factor, found, from) => {
    let count = from;
    for (const { held, owed, key, account } of opened) {
      const line = (greatest(factor, owed) / least(factor, held)) * (1 + HAIR);
      for (let i = 0; i < key.length && !(key[i]! >= line); i++) found[count++] = account[i]!;
    }
    return count;
  };
}

function openRest(rest: readonly LineAccount[], basePrice: Float64Array): Finder {
  const { lines, account, key } = sortedBy(rest, (line) => baseRatio(line, basePrice));
  const held = [...new Set(rest.flatMap(({ heldRows }) => heldRows))];
  const owed = [...new Set(rest.flatMap(({ owedRows }) => owedRows))];
  const heldSide = valueColumns(lines, basePrice, 'held');
  const owedSide = valueColumns(lines, basePrice, 'owed');
  const slack = Float64Array.from(lines, (line) => (1 + line.slack) * (1 + HAIR));
  return (factor, found, from) => {
    let count = from;
    const line = (greatest(factor, owed) / least(factor, held)) * (1 + HAIR);
    for (let i = 0; i < key.length && !(key[i]! >= line); i++) {
      const heldUsd = sideUsd(heldSide, factor, i);
      const owedUsd = sideUsd(owedSide, factor, i);
      if (!(heldUsd >= owedUsd * slack[i]!)) found[count++] = account[i]!;
    }
    return count;
  };
}

/** Values at base prices of one side, by account. */
interface ValueColumns {
  readonly start: Uint32Array;
  readonly row: Uint16Array;
  readonly valueUsd: Float64Array;
}

function valueColumns(
  lines: readonly LineAccount[],
  basePrice: Float64Array,
  side: 'held' | 'owed',
): ValueColumns {
  const start = new Uint32Array(lines.length + 1);
  const row: number[] = [];
  const valueUsd: number[] = [];
  for (const [i, line] of lines.entries()) {
    const rows = side === 'held' ? line.heldRows : line.owedRows;
    const weights = side === 'held' ? line.heldWeights : line.owedWeights;
    for (const [at, one] of rows.entries()) {
      row.push(one);
      valueUsd.push(weights[at]! * basePrice[one]!);
    }
    start[i + 1] = row.length;
  }
  return { start, row: Uint16Array.from(row), valueUsd: Float64Array.from(valueUsd) };
}

function sideUsd({ start, row, valueUsd }: ValueColumns, factor: Float64Array, i: number): number {
  let usd = 0;
  for (let at = start[i]!; at < start[i + 1]!; at++) usd += valueUsd[at]! * factor[row[at]!]!;
  return usd;
}

function least(factor: Float64Array, rows: readonly number[]): number {
  let found = Infinity;
  for (const row of rows) found = Math.min(found, factor[row]!);
  return found;
}

function greatest(factor: Float64Array, rows: readonly number[]): number {
  let found = 0;
  for (const row of rows) found = Math.max(found, factor[row]!);
  return found;
}
