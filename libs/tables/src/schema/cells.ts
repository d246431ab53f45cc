import { z } from 'zod';

/** As much of a cell as a message repeats. */
const LONGEST_REPEATED = 60;
export const quoted = (value: unknown): string =>
  JSON.stringify(typeof value === 'string' ? value.slice(0, LONGEST_REPEATED) : value) ?? 'nothing';

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const RATIO = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*%?$/;

/** What a number may be. */
interface Range {
  readonly least?: number;
  readonly most?: number;
  /** Above the least, not at it. */
  readonly isAboveLeast?: boolean;
}

/** The largest amount and price: what comes of them stays a number. */
const MOST = 1e24;

/** A plain number, in a text or not. */
export const numberCell = (range: Range = { least: 0 }) =>
  cellWithin(
    { most: MOST, ...range },
    {
      form: NUMBER,
      read: Number,
      isNone: 'is not a number: write it as 1234.5, without separators or a unit',
      unit: '',
    },
  );

/** A ratio, 1 = 100 %; or in percent. */
export const ratioCell = (range: Range, hint = '') =>
  cellWithin(range, {
    form: RATIO,
    read: (text) => (text.endsWith('%') ? percent(text) : Number(text)),
    isNone: 'is not a ratio: write 0.83 or 83%',
    unit: `, as a ratio${hint}`,
  });

function cellWithin(
  { least = -Infinity, most = Infinity, isAboveLeast = false }: Range,
  words: {
    readonly form: RegExp;
    readonly read: (text: string) => number;
    readonly isNone: string;
    readonly unit: string;
  },
) {
  const isIn = (value: number) =>
    Number.isFinite(value) && value <= most && (isAboveLeast ? value > least : value >= least);
  const bounds = [
    ...(least === -Infinity ? [] : [`${isAboveLeast ? 'above' : 'at least'} ${least}`]),
    ...(most === Infinity ? [] : [`at most ${most}`]),
  ].join(' and ');
  const outside = {
    error: ({ input }: { input?: unknown }) => `${String(input)} must be ${bounds}${words.unit}`,
  };
  const none = { error: ({ input }: { input?: unknown }) => `${quoted(input)} ${words.isNone}` };
  const number = (isAboveLeast ? z.number().gt(least, outside) : z.number().min(least, outside)).max(
    most,
    outside,
  );
  return z
    .union([number, z.string().regex(words.form, none)], none)
    .transform((value) => (typeof value === 'number' ? value : words.read(value)))
    .refine(isIn, outside);
}

/** By its digits, so that 83% and 0.83 are the same number. */
const percent = (text: string) => Number(`${text.slice(0, -1).trim()}e-2`);

/** A name: of an asset, a venue, a market. No blanks, so that it can be typed anywhere. */
export const nameCell = () =>
  z.string({ error: ({ input }) => `${quoted(input)} is not a text` }).regex(/^[^\s\p{C}]{1,80}$/u, {
    error: ({ input }) =>
      `${quoted(input)} is no name: it must have 1 to 80 visible characters and no blanks`,
  });

/** Text on one line. */
export const textCell = () =>
  z
    .string({ error: ({ input }) => `${quoted(input)} is not a text` })
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,120}$/u, {
      error: ({ input }) => `${quoted(input)} must be 1 to 120 visible characters on one line`,
    });

/** A token's address. */
export const addressCell = () =>
  z.string({ error: ({ input }) => `${quoted(input)} is not a text` }).regex(/^0x[0-9a-fA-F]{40}$/, {
    error: ({ input }) => `${quoted(input)} is no address: it must be 0x and 40 hexadecimal digits`,
  });

/** One of some words. */
export const wordCell = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: ({ input }) => `${quoted(input)} must be one of ${words.join(', ')}` });
