import { BadDataError } from '@undertow/units';

/** Refuses a book unless something holds; the message names the column and the row. */
export function must(holds: boolean, message: string): void {
  if (!holds) throw new BadDataError(`the book does not fit together: ${message}`);
}

/** Refuses the number of a row that its table does not have. */
export function within(
  column: string,
  row: number,
  of: { readonly value: number; readonly rows: number },
): void {
  must(of.value >= 0 && of.value < of.rows, `${column}[${row}] names row ${of.value} of ${of.rows}`);
}

/** Whether two floats are the same but for rounding: sums in another order, a quotient multiplied back. */
export const isNear = (a: number, b: number): boolean =>
  Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));

/** Sums of floats in another order differ by less than this share. */
export const ROUNDING = 1e-9;

/** Whether a float is an integer moved by some number of decimals: the scale of an answer or a ratio is its venue's. */
export function isScaled(float: number, integer: bigint): boolean {
  if (integer <= 0n || !(float > 0)) return false;
  const places = Math.log10(Number(integer)) - Math.log10(float);
  return Math.abs(places - Math.round(places)) < 1e-12;
}
