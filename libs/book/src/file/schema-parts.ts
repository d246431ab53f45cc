import type { Address } from '@undertow/market';
import type { Brand } from '@undertow/units';
import { z } from 'zod';
import { GAP_KINDS, GAP_UNITS } from '../coverage.ts';

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

/** What a liquidated writer of an option pays beside the closing price, as it stands in every version of the file. */
export const penaltySchema = () =>
  z.strictObject({
    share: z.number(),
    leastUsd: z.number(),
    liquidatorShare: z.number(),
    exchangeFee: z.number(),
  });

/** Coverage as it stands in every version of the file, with a gap's debt as it is to be read. */
export const coverageSchemaWith = <Debt extends z.ZodType>(debtUsd: Debt) =>
  z.strictObject({
    accounts: z.int(),
    modelledDebtUsd: z.number(),
    knownDebtUsd: z.number(),
    share: z.number(),
    gaps: z.array(
      z.strictObject({
        kind: z.enum(GAP_KINDS),
        source: z.string(),
        reason: z.string(),
        count: z.int(),
        unit: z.enum(GAP_UNITS),
        debtUsd,
      }),
    ),
  });
