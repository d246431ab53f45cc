import { FUND_KINDS, MECHANISMS, type Address } from '@undertow/market';
import { z } from 'zod';
import {
  LEG_ROLES,
  TIE_KINDS,
  type AssetDepth,
  type BookAsset,
  type BookFeed,
  type BookFund,
  type BookInstrument,
  type BookMarket,
  type BookOracle,
  type BookVenue,
  type FeedPolicy,
  type PriceNode,
} from '../book.ts';
import type { Coverage } from '../coverage.ts';
import { BOOK_FORMAT, BOOK_VERSION, type BookContent } from './canonical.ts';
import { exactSchema } from './exact-schema.ts';
import { floats, rows, texts } from './json-column.ts';
import { ruleSchema } from './rule-schema.ts';
import {
  address,
  ADDRESS,
  coverageSchemaWith,
  orInfinity,
  orNull,
  penaltySchema,
  rowOf,
} from './schema-parts.ts';

const WORD = 2 ** 32 - 1;

const nodeSchema = (): z.ZodType<PriceNode> =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('reference'), row: rowOf<'ReferenceRow'>() }),
    z.strictObject({ kind: z.literal('asset'), row: rowOf<'AssetRow'>() }),
  ]);

const assetSchema = (): z.ZodType<BookAsset> =>
  z.strictObject({
    address: address(),
    symbol: z.string(),
    decimals: z.int(),
    reference: rowOf<'ReferenceRow'>(),
    tie: z.strictObject({
      kind: z.enum(TIE_KINDS),
      to: orNull(rowOf<'AssetRow'>()),
      ratio: z.number(),
      redeemedFor: z.number().optional(),
      capacity: orNull(z.number()),
    }),
    oraclePriceUsd: z.number(),
    marketPriceUsd: orNull(z.number()),
  });

const policySchema = (): z.ZodType<FeedPolicy> =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('at-once') }),
    z.strictObject({ kind: z.literal('fixed') }),
    z.strictObject({ kind: z.literal('threshold'), deviation: z.number(), heartbeatSeconds: z.number() }),
    z.strictObject({ kind: z.literal('delay'), seconds: z.number() }),
    z.strictObject({
      kind: z.literal('average'),
      seconds: z.number(),
      inTicks: z.boolean().exactOptional(),
    }),
  ]);

const feedSchema = (): z.ZodType<BookFeed> =>
  z.strictObject({
    id: z.string(),
    label: z.string(),
    answer: z.number(),
    over: nodeSchema(),
    under: orNull(nodeSchema()),
    policy: policySchema(),
    least: z.number(),
    greatest: orInfinity(),
  });

const oracleSchema = (): z.ZodType<BookOracle> =>
  z.strictObject({
    id: z.string(),
    asset: rowOf<'AssetRow'>(),
    formula: z.strictObject({
      multiplier: z.number(),
      terms: z.array(
        z.strictObject({
          feed: rowOf<'FeedRow'>(),
          power: z.literal([1, -1]),
          greatest: orInfinity(),
        }),
      ),
      greatest: orInfinity(),
    }),
    priceUsd: z.number(),
  });

const venueSchema = (): z.ZodType<BookVenue> =>
  z.strictObject({
    id: z.string(),
    protocol: z.string(),
    version: z.string(),
    mechanism: z.enum(MECHANISMS),
    rule: orNull(ruleSchema()),
  });

const marketSchema = (): z.ZodType<BookMarket> =>
  z.strictObject({
    venue: rowOf<'VenueRow'>(),
    id: z.string(),
    label: z.string(),
    supplyCap: orNull(z.number()),
    borrowCap: orNull(z.number()),
  });

const accountsSchema = () =>
  z
    .strictObject({
      venue: rows({ least: 0, most: 2 ** 16 - 1, kind: Uint16Array }, (list) => Uint16Array.from(list)),
      owner: texts<Address>(ADDRESS, 'a lower-case address'),
      market: texts<string>(/(?:)/, 'a string'),
      legStart: rows({ least: 0, most: WORD, kind: Uint32Array }, (list) => Uint32Array.from(list)),
      stake: floats(),
    })
    .transform((columns) => ({ count: columns.owner.length, ...columns }));

const legsSchema = () => {
  const words = () => rows({ least: 0, most: WORD, kind: Uint32Array }, (list) => Uint32Array.from(list));
  return z
    .strictObject({
      market: words(),
      termsMarket: words(),
      asset: words(),
      oracle: words(),
      role: rows({ least: 0, most: LEG_ROLES.length - 1, kind: Uint8Array }, (list) => Uint8Array.from(list)),
      side: rows({ least: -1, most: 1, kind: Int8Array }, (list) => Int8Array.from(list)),
      amount: floats(),
      liquidationThreshold: floats(),
      loanToValue: floats(),
      liquidationBonus: floats(),
      liquidationProtocolFee: floats(),
      maintenanceMargin: floats(),
      instrument: rows({ least: -1, most: 2 ** 31 - 1, kind: Int32Array }, (list) => Int32Array.from(list)),
    })
    .transform((columns) => ({ count: columns.amount.length, ...columns }));
};

export const fundSchema = (): z.ZodType<BookFund> =>
  z.strictObject({
    venue: rowOf<'VenueRow'>(),
    kind: z.enum(FUND_KINDS),
    asset: rowOf<'AssetRow'>(),
    oracle: rowOf<'OracleRow'>(),
    amount: z.number(),
  });

export const instrumentSchema = (): z.ZodType<BookInstrument> =>
  z.strictObject({
    venue: rowOf<'VenueRow'>(),
    id: z.string(),
    label: z.string(),
    underlying: rowOf<'OracleRow'>(),
    isCall: z.boolean(),
    strikeUsd: z.number(),
    expiry: z.int(),
    spotUsd: floats(),
    volatilityFactor: floats(),
    valueUsd: floats(),
    closingUsd: floats(),
    marginUsd: floats(),
    leastMargin: z.strictObject({
      amount: z.number(),
      mostPerContract: orNull(z.number()),
      inUnderlying: z.boolean(),
    }),
    penalty: penaltySchema(),
  });

/** The fields of a depth curve but for what it is made of. */
export const CURVE_FIELDS = {
  asset: rowOf<'AssetRow'>(),
  quote: rowOf<'AssetRow'>(),
  sqrtPrice: floats(),
  liquidity: floats(),
  startSqrtPrice: z.number(),
  feeRatio: z.number(),
};

const depthSchema = (): z.ZodType<AssetDepth> =>
  z.strictObject({
    ...CURVE_FIELDS,
    feeOnQuote: z.boolean().exactOptional(),
    sources: z.array(z.string()),
    isRequoted: z.boolean(),
  });

export const coverageSchema = (): z.ZodType<Coverage> => coverageSchemaWith(orNull(z.number()));

/** All of a book but its hash, from its canonical JSON, of which columns may be typed arrays already. */
export const contentSchema = (): z.ZodType<BookContent> =>
  z.strictObject({
    chainId: z.int(),
    block: z.int(),
    time: z.int(),
    references: z.array(z.strictObject({ symbol: z.string(), priceUsd: z.number() })),
    assets: z.array(assetSchema()),
    feeds: z.array(feedSchema()),
    oracles: z.array(oracleSchema()),
    venues: z.array(venueSchema()),
    markets: z.array(marketSchema()),
    accounts: accountsSchema(),
    legs: legsSchema(),
    funds: z.array(fundSchema()),
    instruments: z.array(instrumentSchema()),
    depth: z.array(orNull(depthSchema())),
    coverage: coverageSchema(),
    exact: exactSchema(),
  });

/** A file of a book: see `bookChunks`, which writes it. */
export const bookSchema = z.strictObject({
  format: z.literal(BOOK_FORMAT),
  version: z.literal(BOOK_VERSION),
  hash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'a SHA-256 in hex' }),
  content: contentSchema(),
});

/** The same as JSON Schema, for programs that write or read books without ours; committed as `book.schema.json`. */
export const bookJsonSchema = (): object => ({
  ...z.toJSONSchema(bookSchema, { io: 'input', unrepresentable: 'any' }),
  title: 'Undertow book',
});
