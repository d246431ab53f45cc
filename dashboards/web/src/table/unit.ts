import { amount, count, health, moveColumn, percentColumn, usd } from '../format/number.ts';
import { minute } from '../format/time.ts';

/** What a cell is of, before it is shortened to be read: what a table is sorted by, and what is written into a file. */
export type Value = string | number | bigint | null | undefined;

/**
 * What kind of number a value is. `ratio`: 1 is 100 %; `move`: a signed ratio; `units`: of an asset; `time`: unix seconds;
 * `health`: a health factor.
 */
export type Unit = 'USD' | 'count' | 'ratio' | 'move' | 'units' | 'health' | 'time';

interface Written {
  /** How it is read on the page. */
  readonly short: (value: number | null | undefined) => string;
  /** What the name of its column ends with in a file. */
  readonly suffix: string;
}

const UNITS: Readonly<Record<Unit, Written>> = {
  USD: { short: usd, suffix: 'usd' },
  count: { short: count, suffix: '' },
  ratio: { short: percentColumn, suffix: 'ratio' },
  move: { short: moveColumn, suffix: 'move' },
  units: { short: amount, suffix: 'units' },
  health: { short: health, suffix: '' },
  time: { short: (value) => minute(value ?? Number.NaN), suffix: 'utc' },
};

/** A value as it is read on the page; an en dash for none. */
export function shortened(value: Value, unit: Unit | undefined): string {
  if (unit === undefined) return value === undefined || value === null ? '–' : String(value);
  return UNITS[unit].short(typeof value === 'number' ? value : undefined);
}

/** The name of a column in a file, its unit last: `Bad debt` in USD is `bad_debt_usd`. */
export function fileColumn(name: string, unit: Unit | undefined): string {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['column'];
  const suffix = unit === undefined ? '' : UNITS[unit].suffix;
  return suffix === '' || words.at(-1) === suffix ? words.join('_') : [...words, suffix].join('_');
}
