import { scalarOf } from './scalar-of.ts';

/** The year 5138 in seconds, and March 1973 in milliseconds: what is above was meant in milliseconds. */
const LATEST = 100_000_000_000;

/** The scalar `Timestamp`: whole seconds since 1970, as a number. */
export const timestampScalar = scalarOf<number, number>('Timestamp', {
  serialize: Number,
  parse(value) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      throw new TypeError(
        `${JSON.stringify(value)?.slice(0, 60)} is not a time: whole seconds since 1970-01-01 00:00 UTC, such as 1700000000.`,
      );
    if (value > LATEST)
      throw new TypeError(
        `${value} is a time in milliseconds: divide it by 1000, a Timestamp is in seconds.`,
      );
    return value;
  },
});
