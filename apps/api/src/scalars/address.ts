import type { Address } from '@undertow/market';
import { scalarOf } from './scalar-of.ts';

/** The scalar `Address`: taken in any case, given in lower case. */
export const addressScalar = scalarOf<string, Address>('Address', {
  serialize: String,
  parse(value) {
    if (typeof value === 'string' && /^0x[0-9a-f]{40}$/i.test(value)) return value.toLowerCase() as Address;
    throw new TypeError(
      `${JSON.stringify(value)?.slice(0, 60)} is not an address: 0x and 40 hexadecimal digits.`,
    );
  },
});
