import type { Book } from '@undertow/book';
import { baseRatio, type LineAccount } from './line.ts';

/** Families of prices that are told apart; all others are one more. */
const TOLD_APART = 3;
export const FAMILIES = TOLD_APART + 1;
/** Shares of a family in what an account holds are rounded down to so many parts. */
export const PARTS = 4;

/**
 * Accounts of lending venues in groups whose members react alike to prices, each sorted by how much its ratio of what is held to what is
 * owed may fall before the account may be due: those that may be due at given prices are the first of each group.
 */
export interface LendingGroups {
  /** By place: accounts, group by group, and their ratios at the base prices ÷ (1 + slack). */
  readonly account: Int32Array;
  readonly key: Float64Array;
  /** By group, its first place; and where the last ends. */
  readonly start: Int32Array;
  /** The first groups are of one price on each side: how many, and these prices. */
  readonly pairs: number;
  readonly held: Int32Array;
  readonly owed: Int32Array;
  /** By group behind those. */
  readonly mixed: readonly MixedGroup[];
  /** By row of prices. */
  readonly family: Uint8Array;
}

/** What members of a group hold and owe. */
export interface MixedGroup {
  /** Bits of families. */
  readonly heldMask: number;
  readonly owedMask: number;
  /** By family, how many of `PARTS` of what backs a member are of it at least. */
  readonly parts: readonly number[];
}

interface DraftGroup {
  readonly lines: LineAccount[];
  readonly mixed: MixedGroup;
}

/** @param family see `priceFamilies`. */
export function lendingGroups(
  lines: Iterable<LineAccount>,
  basePrice: Float64Array,
  family: Uint8Array,
): LendingGroups {
  const pairs = new Map<number, LineAccount[]>();
  const mixed = new Map<string, DraftGroup>();
  for (const line of lines) {
    const { heldRows, owedRows, slack } = line;
    if (owedRows.length === 0) continue;
    const isPriced = isAllPriced(heldRows, basePrice) && isAllPriced(owedRows, basePrice);
    if (isPriced && slack < 1 && isOne(heldRows) && isOne(owedRows)) {
      const name = heldRows[0]! * basePrice.length + owedRows[0]!;
      const known = pairs.get(name);
      if (known) known.push(line);
      else pairs.set(name, [line]);
    } else {
      const group =
        isPriced && slack < 1 && heldRows.length > 0 ? mixedGroup(line, basePrice, family) : ALWAYS;
      const name = `${group.heldMask} ${group.owedMask} ${group.parts.join(' ')}`;
      const known = mixed.get(name);
      if (known) known.lines.push(line);
      else mixed.set(name, { lines: [line], mixed: group });
    }
  }
  const mixedGroups = [...mixed.values()];
  const groups = [...pairs.values(), ...mixedGroups.map((one) => one.lines)];
  return {
    ...placesOf(groups, (line, group) =>
      group >= pairs.size && mixedGroups[group - pairs.size]!.mixed === ALWAYS
        ? 0
        : baseRatio(line, basePrice),
    ),
    pairs: pairs.size,
    held: Int32Array.from(pairs.values(), ([line]) => line!.heldRows[0]!),
    owed: Int32Array.from(pairs.values(), ([line]) => line!.owedRows[0]!),
    mixed: mixedGroups.map((one) => one.mixed),
    family,
  };
}

/** Of accounts that are looked at whatever prices do. */
const ALWAYS: MixedGroup = { heldMask: 0, owedMask: 0, parts: Array.from({ length: FAMILIES }, () => 0) };

const isOne = (rows: readonly number[]) => rows.length > 0 && rows.every((row) => row === rows[0]);

const isAllPriced = (rows: readonly number[], basePrice: Float64Array) =>
  rows.every((row) => basePrice[row]! > 0 && basePrice[row]! < Infinity);

function mixedGroup(line: LineAccount, basePrice: Float64Array, family: Uint8Array): MixedGroup {
  const heldUsd = Array.from({ length: FAMILIES }, () => 0);
  let allUsd = 0;
  let heldMask = 0;
  let owedMask = 0;
  for (const [i, row] of line.heldRows.entries()) {
    const usd = line.heldWeights[i]! * basePrice[row]!;
    heldUsd[family[row]!]! += usd;
    heldMask |= 1 << family[row]!;
    allUsd += usd;
  }
  for (const row of line.owedRows) owedMask |= 1 << family[row]!;
  return { heldMask, owedMask, parts: heldUsd.map((usd) => Math.floor((PARTS * usd) / allUsd)) };
}

function placesOf(
  groups: readonly (readonly LineAccount[])[],
  keyOf: (line: LineAccount, group: number) => number,
): Pick<LendingGroups, 'account' | 'key' | 'start'> {
  const start = new Int32Array(groups.length + 1);
  for (const [group, lines] of groups.entries()) start[group + 1] = start[group]! + lines.length;
  const count = start[groups.length]!;
  const account = new Int32Array(count);
  const key = new Float64Array(count);
  for (const [group, lines] of groups.entries()) {
    const keys = Float64Array.from(lines, (line) => keyOf(line, group));
    const order = [...lines.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b);
    for (const [i, one] of order.entries()) {
      account[start[group]! + i] = lines[one]!.account;
      key[start[group]! + i] = keys[one]!;
    }
  }
  return { account, key, start };
}

/**
 * By row of oracle prices, its family: prices that follow the same reference fall alike. The references that most assets of accounts
 * follow have a family each.
 */
export function priceFamilies({ legs, oracles, assets }: Book, rows: number): Uint8Array {
  const legsOf = new Map<number, number>();
  const referenceOf = Int32Array.from(oracles, ({ asset }) => assets[asset]!.reference);
  for (let leg = 0; leg < legs.count; leg++) {
    const reference = referenceOf[legs.oracle[leg]!]!;
    legsOf.set(reference, (legsOf.get(reference) ?? 0) + 1);
  }
  const first = [...legsOf].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, TOLD_APART);
  const families = new Map(first.map(([reference], family) => [reference, family]));
  return Uint8Array.from({ length: rows }, (_, row) => families.get(referenceOf[row] ?? -1) ?? TOLD_APART);
}
