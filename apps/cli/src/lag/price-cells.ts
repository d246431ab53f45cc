import { basename } from 'node:path';
import { UsageError } from '../explain-error.ts';

/** Names of the columns of times and prices, in files of many makers. */
export const TIMES = ['time', 'timestamp', 'ts', 'updated_at', 'updatedAt', 'date', 'datetime', 'open_time'];
export const PRICES = ['price', 'answer', 'value', 'close'];

/** @throws UsageError where a file has none of the columns that would be understood. */
export function cell(
  cells: Readonly<Record<string, string>>,
  names: readonly string[],
  { path, what }: { readonly path: string; readonly what: string },
): string {
  const name = names.find((one) => cells[one] !== undefined);
  if (name !== undefined) return cells[name]!;
  throw new UsageError(
    `${basename(path)} has no column of the ${what}: it has ${Object.keys(cells).join(', ')}. Name one of them ${names.join(', or ')}.`,
  );
}

/** Undefined of an empty cell. */
export const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' ? undefined : Number(text);

/** Unix seconds of a text; in milliseconds where it would be after the year 5138. NaN of what is none. */
export function timeOf(text: string): number {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed))
    return Number(trimmed) > 1e11 ? Number(trimmed) / 1_000 : Number(trimmed);
  const iso = trimmed.replace(' ', 'T');
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(iso);
  return Date.parse(hasZone || !iso.includes('T') ? iso : `${iso}Z`) / 1_000;
}
