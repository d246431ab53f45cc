import type { Address } from '@undertow/market';
import type { Brand } from '@undertow/units';
import { z } from 'zod';

/** The number of a row, checked against its table later. */
export const rowOf = <Name extends string>() => z.int().min(0) as unknown as z.ZodType<Brand<number, Name>>;

/** JSON says null where the book says undefined. */
export const orNull = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> =>
  schema.nullable().transform((value) => value ?? undefined);

/** JSON says null where the book has no bound. */
export const orInfinity = () =>
  z
    .number()
    .nullable()
    .transform((value) => value ?? Infinity);

export const ADDRESS = /^0x[0-9a-f]{40}$/;

/** An address, in lower case. */
export const address = (): z.ZodType<Address> =>
  z.string().regex(ADDRESS, { error: 'a lower-case address' }) as unknown as z.ZodType<Address>;
