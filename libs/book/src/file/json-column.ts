import { z } from 'zod';
import { JsonNumbers } from './json-reader.ts';

/** A class of typed arrays. */
type ColumnKind = abstract new (...args: never) => ArrayBufferView;

/** Digits of the longest integer of a book: the product of two words of 256 bits. */
const MOST_DIGITS = 155;

/** A list of integers as decimal strings, which it gives. */
export const integers = () => integersAs((list): readonly bigint[] => list.map(BigInt));

/** A list of integers as decimal strings, which stay so. */
export const integerTexts = () => integersAs((list) => list);

const integersAs = <T>(from: (list: readonly string[]) => T) =>
  column(
    (item) =>
      typeof item === 'string' && item.length <= MOST_DIGITS + 1 && INTEGER.test(item)
        ? undefined
        : `an integer of at most ${MOST_DIGITS} digits as a decimal string`,
    { type: 'string', pattern: INTEGER.source, maxLength: MOST_DIGITS + 1 },
    from,
  );

const INTEGER = /^(0|-?[1-9]\d*)$/;

/** One integer as a decimal string. */
export const integer = () =>
  z
    .string()
    .max(MOST_DIGITS + 1, { error: `an integer of at most ${MOST_DIGITS} digits` })
    .regex(INTEGER, { error: 'an integer as a decimal string' })
    .transform(BigInt);

/** A list of finite numbers. */
export const numbers = <T>(from: (list: NumberList) => T, kind?: ColumnKind) =>
  column((item) => (Number.isFinite(item) ? undefined : 'a number'), { type: 'number' }, from, kind);

/** A list of finite numbers, as floats. */
export const floats = () =>
  numbers((list) => (list instanceof Float64Array ? list : Float64Array.from(list)), Float64Array);

/** What a list of numbers comes in: a long one as floats, see `JsonNumbers`. */
type NumberList = readonly number[] | Float64Array;

/**
 * A list of integers in a typed array that can hold no others: they are checked before, as the array would wrap what does not fit
 * and so hide a change from the hash.
 */
export const rows = <T>(
  { least, most, kind }: { readonly least: number; readonly most: number; readonly kind?: ColumnKind },
  from: (list: NumberList) => T,
) =>
  column(
    (item) =>
      Number.isSafeInteger(item) && (item as number) >= least && (item as number) <= most
        ? undefined
        : `an integer from ${least} to ${most}`,
    { type: 'integer', minimum: least, maximum: most },
    from,
    kind,
  );

/** A list of texts of one form. */
export const texts = <T extends string>(form: RegExp, expected: string) =>
  column(
    (item) => (typeof item === 'string' && form.test(item) ? undefined : expected),
    { type: 'string', pattern: form.source },
    (list: readonly T[]) => list,
  );

/**
 * A list of which every item is checked by one function: columns have millions of items, of which the schema's own lists would
 * make an object each. `expected` says what an item that is none must be; `items` says the same as JSON Schema. An array of `kind`
 * stays what it is: it can hold nothing else.
 */
function column<List extends ArrayLike<unknown>, T>(
  expected: (item: unknown) => string | undefined,
  items: Readonly<Record<string, unknown>>,
  made: (list: List) => T,
  kind?: ColumnKind,
) {
  return z
    .custom<List>()
    .meta({ type: 'array', items })
    .transform((given, context): T => {
      if (kind && (given as unknown) instanceof kind) return given as unknown as T;
      const list = listOf(given);
      if (!Array.isArray(list) && list === given) {
        context.addIssue({ code: 'custom', message: 'a list' });
        return z.NEVER;
      }
      for (let place = 0; place < list.length; place++) {
        const message = expected(list[place]);
        if (message === undefined) continue;
        context.addIssue({ code: 'custom', message, path: [place] });
        return z.NEVER;
      }
      return made(list);
    });
}

/** A long list of numbers by its numbers. */
const listOf = <List>(given: List): List =>
  given instanceof JsonNumbers ? (given.values as unknown as List) : given;
