import { scalarOf } from './scalar-of.ts';

/** The scalar `BigInt`: an integer as a decimal string in both directions; whole numbers are taken too. */
export const bigIntScalar = scalarOf<string, bigint>('BigInt', {
  serialize: (value) => BigInt(value as bigint | number | string).toString(),
  parse(value) {
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    throw new TypeError(
      `${JSON.stringify(value)?.slice(0, 60)} is not an integer: write a decimal string such as "123".`,
    );
  },
});
