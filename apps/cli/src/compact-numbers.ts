import { units } from './text-table.ts';

/** From here on a number is shortened: `12.35K`. */
const LONG = 10_000;

/** Less than half a cent is the rounding of a sum. */
const LEAST_USD = 0.005;

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const PERCENT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const SMALL_PERCENT = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

/** What stands in a table where there is nothing. */
export const NOTHING = '–';

/** The sign that stands before digits of the same width. */
const withMinus = (text: string) => text.replace('-', '−');

/** US dollars in few characters: four digits from ten thousand on, whole dollars below, `<1` for cents, a dash for none. */
export function money(value: number): string {
  const size = Math.abs(value);
  if (size < LEAST_USD) return NOTHING;
  if (size < 1) return `${value < 0 ? '−' : ''}<1`;
  return withMinus((Math.round(size) < LONG ? WHOLE : COMPACT).format(value));
}

/** The same inside a sentence, with the unit. */
export const dollars = (value: number): string => `${Math.abs(value) < LEAST_USD ? '0' : money(value)} USD`;

/** Units of an asset in few characters; a dash for none. */
export function amount(value: number): string {
  if (value === 0) return NOTHING;
  return withMinus(Math.abs(value) < LONG ? units(value) : COMPACT.format(value));
}

/** How many; a dash for none. */
export const count = (value: number): string => (value === 0 ? NOTHING : WHOLE.format(value));

/** A move in a table; a dash for none. */
export const moveCell = (ratio: number): string => {
  const text = signedPercent(ratio);
  return text === NO_MOVE ? NOTHING : text;
};

const NO_MOVE = '0 %';

/** A move as people write it: `−30 %`, `+12.5 %`; below a tenth of a percent two digits. */
export function signedPercent(ratio: number): string {
  const size = Math.abs(ratio) * 100;
  if (size < 1e-7) return NO_MOVE;
  const digits = (size < 0.1 ? SMALL_PERCENT : PERCENT).format(size);
  return `${ratio < 0 ? '−' : '+'}${digits} %`;
}
