import type { ReportValue } from '../content.ts';

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const PRECISE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 5 });
const PERCENT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** What stands where there is nothing. */
export const NOTHING = '–';
/** From here on money is told with a letter for its size. */
const LONG = 10_000;
/** Of a name that comes from a chain or a file; what is longer is no name. */
const LONGEST = 120;
/** Of sentences: the longest assumption of the engine has half of it. */
const LONGEST_SENTENCES = 2_000;

/** Control, direction, invisible and unassigned characters, and breaks of lines: some of them change what others look like. */
const UNREADABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text for people, of strangers: nothing in it acts on what stands beside it, and it is not longer than a name. */
export const shownText = (text: string): string => clipped(text, LONGEST);

/** A sentence as it is read: as `shownText`, and of the length of a paragraph. */
export const shownSentence = (text: string): string => clipped(text, LONGEST_SENTENCES);

function clipped(text: string, most: number): string {
  // Characters are of one or two units: so many hold all that is kept, and what is longer is not gone through.
  const characters = [...text.slice(0, 2 * most + 2).replaceAll(UNREADABLE, '\ufffd')];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}

/** A figure in few characters, by what it is counted in. The whole of it is in the bundle and in the CSV. */
export function shownValue(value: ReportValue, unit: string): string {
  if (value === null) return NOTHING;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return isSentences(unit) ? shownSentence(value) : shownText(value);
  return withMinus(numberText(value, unit));
}

function numberText(value: number, unit: string): string {
  if (isShare(unit)) return `${PERCENT.format(value * 100)} %`;
  if (isPlace(unit)) return String(value);
  if (isPrice(unit)) return PRECISE.format(value);
  if (isMoney(unit)) return moneyText(value);
  if (isCount(unit)) return WHOLE.format(value);
  return Math.abs(value) < LONG ? PRECISE.format(value) : COMPACT.format(value);
}

function moneyText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1) return value < 0 ? '>-1' : '<1';
  return size < LONG ? WHOLE.format(value) : COMPACT.format(value);
}

/** The unit that stands in the head of a column: short, as the whole of it stands below the table. */
export function shortUnit(unit: string): string {
  if (isPrice(unit)) return 'USD each';
  if (isMoney(unit)) return 'USD';
  return unit.startsWith('units of the asset') ? 'units' : '';
}

/** Whether a column has figures, which stand to the right. */
export const isFigureUnit = (unit: string): boolean =>
  !isWords(unit) && !isSentences(unit) && !unit.startsWith('yes or no');

/** Names and other short text, which is nobody's unit. */
export const isWords = (unit: string): boolean => unit === 'words';

/** Text that is read whole. */
export const isSentences = (unit: string): boolean => unit === 'sentences';

const isShare = (unit: string) =>
  /^ratio($|, 1 = all of it| of scenarios|: (modelled|oracle ÷|market price))/.test(unit);
const isPlace = (unit: string) => /^(number|id) of/.test(unit);
const isPrice = (unit: string) => unit.startsWith('USD per unit');
const isMoney = (unit: string) => unit.startsWith('USD');
const isCount = (unit: string) => unit.startsWith('a number of');

const withMinus = (text: string) => text.replace('-', '−');
