import type { Address } from '@undertow/market';
import { ConfigError } from '@undertow/units';
import { InvalidArgumentError } from 'commander';

/** Parses a whole number of at least `least`; the message says the range. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}, in digits alone.`);
  };
}

/** A rise of more than a thousandfold is a typing error; the API draws the same line. */
const LARGEST_RISE = 1_000;

/** Parses a relative move as a ratio or in percent, such as -0.2 or -20%: above -1, at most 1000. */
export function priceMove(text: string): number {
  // Number() would also read blanks and hexadecimal, which nobody means here; the longer minus is that of our own texts.
  const [, digits, exponent, percent] =
    /^([-+]?(?:\d+\.?\d*|\.\d+))(?:(e[-+]?\d+)|\s*(%))?$/i.exec(text.trim().replace(/^−/, '-')) ?? [];
  if (digits === undefined)
    throw new InvalidArgumentError('A move must be a number: -0.2 or -20% means 20 % down.');
  // By its decimal digits, so that -99.9% and -0.999 are the same number.
  const move = Number(`${digits}${percent ? 'e-2' : (exponent ?? '')}`);
  if (move > -1 && move <= LARGEST_RISE) return move;
  const isMeant = !percent && move > -100 && move <= -1;
  const meant = isMeant ? `; for ${-move} % down write ${move}%` : '';
  throw new InvalidArgumentError(
    `A move must be above -1 (-100 %) and at most ${LARGEST_RISE}: nothing falls by all of its price or more${meant}.`,
  );
}

/** What moves as a person wrote it, and by how much. */
export interface NamedShock {
  readonly what: string;
  readonly move: number;
}

/** Collects `what=move` pairs, see `moveNamed`: names may hold an equals sign, moves cannot. */
export function namedShock(text: string, before: readonly NamedShock[] = []): readonly NamedShock[] {
  const cut = text.lastIndexOf('=');
  const what = text.slice(0, Math.max(cut, 0)).trim();
  if (what === '') throw new InvalidArgumentError('It must look like ETH=-0.2 or ETH=-20% (ETH 20 % down).');
  if (before.some((other) => other.what === what)) throw new InvalidArgumentError(`${what} is given twice.`);
  return [...before, { what, move: priceMove(text.slice(cut + 1)) }];
}

/** Collects texts. */
export const eachText = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

/** Parses a plain decimal number, at least 0 or above 0; `what` names it in the message. */
export function decimalNumber(what: string, { isAbove0 = false }: { readonly isAbove0?: boolean } = {}) {
  return (text: string): number => {
    const value = Number(text);
    const isDecimal = /^\+?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
    if (isDecimal && Number.isFinite(value) && (value > 0 || !isAbove0)) return value;
    throw new InvalidArgumentError(`${what} must be a number ${isAbove0 ? 'above' : 'of at least'} 0.`);
  };
}

/** Parses a share from 0 to 1, as a ratio or in percent: 0.03 or 3%. */
export function shareOf1(text: string): number {
  const [, digits, percent] = /^(\d+\.?\d*|\.\d+)\s*(%)?$/.exec(text.trim()) ?? [];
  const share = digits === undefined ? Number.NaN : Number(`${digits}${percent ? 'e-2' : ''}`);
  if (share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError('It must be from 0 to 1 or in percent: 0.03 or 3%.');
}

/** Parses an address, in any case, into lower case. */
export function ownerAddress(text: string): Address {
  if (!/^0x[0-9a-f]{40}$/i.test(text))
    throw new InvalidArgumentError('It must be an address: 0x and 40 hexadecimal digits.');
  return text.toLowerCase() as Address;
}

/** A parser that says what is wrong by a `ConfigError`, for an option. */
export const asOption =
  <Value>(parse: (text: string) => Value) =>
  (text: string): Value => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof ConfigError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };

/** Collects http(s) addresses of JSON-RPC endpoints. */
export function endpointUrl(text: string, before: readonly string[] = []): string[] {
  if (!URL.canParse(text) || !['http:', 'https:'].includes(new URL(text).protocol))
    throw new InvalidArgumentError('It must be an address that starts with http:// or https://.');
  return [...before, text];
}

/** Parses a moment into unix seconds: a date, a date with a time (UTC unless it says otherwise), or unix seconds. */
export function moment(text: string): number {
  if (/^\d{1,11}$/.test(text)) return Number(text);
  const [, date, time = 'T00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})([T ]\d{2}:\d{2}(?::\d{2})?)?(Z|[-+]\d{2}:\d{2})?$/.exec(text.trim()) ?? [];
  const seconds = Date.parse(`${date}${time.replace(' ', 'T')}${zone}`) / 1_000;
  if (date !== undefined && Number.isSafeInteger(seconds) && seconds >= 0) return seconds;
  throw new InvalidArgumentError(
    'It must be a date such as 2024-01-31, a date with a time such as 2024-01-31T18:00 (UTC), or unix seconds.',
  );
}

/** Moves of one thing. */
export interface MovedAlong {
  readonly what: string;
  readonly moves: readonly number[];
}

/** Collects `what=move,move,…`: names may hold an equals sign, moves cannot. */
export function gridAxis(text: string, before: readonly MovedAlong[] = []): readonly MovedAlong[] {
  const cut = text.lastIndexOf('=');
  const what = text.slice(0, Math.max(cut, 0)).trim();
  if (what === '') throw new InvalidArgumentError('It must look like ETH=-10%,-20%,-30%.');
  return [
    ...before,
    {
      what,
      moves: text
        .slice(cut + 1)
        .split(',')
        .map(priceMove),
    },
  ];
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 };

/** Parses a time such as 90s, 5m, 12h or 7d into seconds. */
export function duration(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(s|m|min|h|d)$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (SECONDS[unit ?? ''] ?? NaN);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a time above 0 such as 90s, 5m, 12h or 7d.');
}

/** Parses a share between 0 and 1, as a ratio or in percent: 0.99 or 99%. */
export function level(text: string): number {
  const [, digits, percent] = /^(\d+\.?\d*|\.\d+)\s*(%)?$/.exec(text.trim()) ?? [];
  const value = Number(`${digits}${percent ? 'e-2' : ''}`);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('It must be a share between 0 and 1 such as 0.99 or 99%.');
}
