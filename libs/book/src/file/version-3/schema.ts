import { FUND_KINDS, MECHANISMS } from '@undertow/market';
import { z } from 'zod';
import { integerTexts, numbers, rows, texts } from '../json-column.ts';
import { address, ADDRESS, coverageSchemaWith, penaltySchema } from '../schema-parts.ts';

const row = () => z.int().min(0);
const floatList = () => numbers(plain);
const rowList = (least: number, most: number) => rows({ least, most }, plain);
/** The hash of such a file is of its lists as JSON. */
const plain = (list: readonly number[] | Float64Array): readonly number[] =>
  list instanceof Float64Array ? Array.from(list) : list;
const WORD = 2 ** 32 - 1;

const instrumentSchema = () =>
  z.strictObject({
    venue: row(),
    id: z.string(),
    label: z.string(),
    underlying: row(),
    isCall: z.boolean(),
    strikeUsd: z.number(),
    expiry: z.int(),
    spotUsd: floatList(),
    volatilityFactor: floatList(),
    valueUsd: floatList(),
    closingUsd: floatList(),
    marginUsd: floatList(),
    leastMargin: z.strictObject({
      amount: z.number(),
      mostPerContract: z.number().nullable(),
      inUnderlying: z.boolean(),
    }),
    penalty: penaltySchema(),
  });

const coverageSchema = () => coverageSchemaWith(z.number().nullable());

/**
 * What version 3 of the file says beside its hash. The fields stand in its canonical order and stay plain JSON values, so that the
 * text of what is read is what its hash is of.
 */
const contentSchema = z.strictObject({
  chainId: z.int(),
  block: z.int(),
  time: z.int(),
  assets: z.array(
    z.strictObject({
      address: address(),
      symbol: z.string(),
      decimals: z.int(),
      oraclePriceUsd: z.number(),
      marketPriceUsd: z.number().nullable(),
      derivedFrom: z.strictObject({ asset: row(), ratio: z.number(), isRedeemable: z.boolean() }).nullable(),
    }),
  ),
  oracles: z.array(
    z.strictObject({ feed: z.string(), asset: row(), priceUsd: z.number(), isFixed: z.boolean() }),
  ),
  venues: z.array(
    z.strictObject({
      id: z.string(),
      protocol: z.string(),
      version: z.string(),
      mechanism: z.enum(MECHANISMS),
    }),
  ),
  markets: z.array(z.strictObject({ venue: row(), id: z.string(), label: z.string() })),
  accounts: z.strictObject({
    venue: rowList(0, 2 ** 16 - 1),
    owner: texts<`0x${string}`>(ADDRESS, 'a lower-case address'),
    market: texts<string>(/(?:)/, 'a string'),
    legStart: rowList(0, WORD),
  }),
  legs: z.strictObject({
    market: rowList(0, WORD),
    asset: rowList(0, WORD),
    oracle: rowList(0, WORD),
    side: rowList(-1, 1),
    amount: floatList(),
    liquidationThreshold: floatList(),
    liquidationBonus: floatList(),
    liquidationProtocolFee: floatList(),
    maintenanceMargin: floatList(),
    instrument: rowList(-1, 2 ** 31 - 1),
  }),
  funds: z.array(
    z.strictObject({
      venue: row(),
      kind: z.enum(FUND_KINDS),
      asset: row(),
      oracle: row(),
      amount: z.number(),
    }),
  ),
  instruments: z.array(instrumentSchema()),
  depth: z.array(
    z
      .strictObject({
        asset: row(),
        quote: row(),
        sqrtPrice: floatList(),
        liquidity: floatList(),
        startSqrtPrice: z.number(),
        feeRatio: z.number(),
      })
      .nullable(),
  ),
  coverage: coverageSchema(),
  exact: z.strictObject({
    answer: integerTexts(),
    amount: integerTexts(),
    threshold: integerTexts(),
    marketState: z.array(integerTexts()),
    accountState: z.array(integerTexts()),
  }),
});

/** A file of version 3. */
export const oldBookSchema = z.object({ hash: z.string(), content: contentSchema });

/** What a file of version 3 says. */
export type OldBook = z.infer<typeof contentSchema>;
