import { BadDataError } from '@undertow/units';
import type { Cell } from './fact-table.ts';

/**
 * Text that PostgreSQL can hold: U+0000 and lone surrogates, which it refuses, become U+FFFD. Symbols and labels come
 * from contracts that anyone can write, and none of them may stop the indexer.
 */
export function textCell(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** A whole number that a JavaScript number holds exactly; anything else is a decoder's error. */
export function integerCell(value: number): string {
  if (!Number.isSafeInteger(value))
    throw new BadDataError(`${value} is not a whole number that can be stored; quarantine it`);
  return String(value);
}

export function booleanCell(value: boolean): string {
  return value ? 'true' : 'false';
}

/** The cell of a column that is never null. */
export function present(cells: readonly Cell[], index: number): string {
  const cell = cells[index];
  if (cell === null || cell === undefined) {
    throw new BadDataError(`a stored fact lacks its value ${index}; the database was changed by other hands`);
  }
  return cell;
}

/** Hexadecimal text as stored. */
export function hexAt(cells: readonly Cell[], index: number): `0x${string}` {
  return present(cells, index) as `0x${string}`;
}

export function bigintAt(cells: readonly Cell[], index: number): bigint {
  return BigInt(present(cells, index));
}

export function integerAt(cells: readonly Cell[], index: number): number {
  return Number(present(cells, index));
}

export function booleanAt(cells: readonly Cell[], index: number): boolean {
  return present(cells, index) === 'true';
}
