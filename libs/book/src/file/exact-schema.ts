import type { FeedFormula, FeedId } from '@undertow/market';
import { z } from 'zod';
import type { BookExact, ExactSource } from '../book-exact.ts';
import { integer, integers } from './json-column.ts';
import { orNull, rowOf } from './schema-parts.ts';

const feed = (): z.ZodType<FeedId> => z.string();

/** What a feed is made of, see `FeedFormula`. */
const formulaSchema = (): z.ZodType<FeedFormula> =>
  z.discriminatedUnion('form', [
    z.strictObject({ form: z.literal('constant'), answer: integer() }),
    z.strictObject({ form: z.literal('capped'), base: feed(), greatest: integer() }),
    z.strictObject({
      form: z.literal('capped-by'),
      base: feed(),
      ceiling: feed(),
      ratio: integer(),
      ratioDecimals: z.int().min(0).max(77),
    }),
    z.strictObject({
      form: z.literal('rate'),
      base: feed().exactOptional(),
      rate: integer(),
      rateDecimals: z.int().min(0).max(77),
      cap: z
        .strictObject({
          rate: integer(),
          since: integer(),
          growthPerSecond: integer(),
          growthScale: integer(),
        })
        .exactOptional(),
    }),
    z.strictObject({
      form: z.literal('product'),
      times: z.array(feed()),
      over: z.array(feed()),
      multiplier: integer(),
      divisor: integer(),
    }),
    z.strictObject({
      form: z.literal('discounted'),
      base: feed().exactOptional(),
      maturity: integer(),
      discountPerYear: integer(),
      secondsPerYear: integer(),
      one: integer(),
    }),
    z.strictObject({ form: z.literal('unknown'), reason: z.string() }),
  ]);

const sourceSchema = (): z.ZodType<ExactSource> =>
  z.discriminatedUnion('form', [
    z.strictObject({ form: z.literal('feed'), feed: feed() }),
    z.strictObject({
      form: z.literal('pair'),
      ratio: z.strictObject({
        form: z.literal('ratio'),
        base: z.array(feed()),
        quote: z.array(feed()),
        scaleFactor: integer(),
      }),
      debt: rowOf<'OracleRow'>(),
    }),
  ]);

/** The integers of a book, see `BookExact`. */
export const exactSchema = (): z.ZodType<BookExact> =>
  z.strictObject({
    feedAnswer: integers(),
    adapters: z
      .array(z.strictObject({ feed: feed(), formula: formulaSchema() }))
      .transform((list) => new Map(list.map((one) => [one.feed, one.formula]))),
    answer: integers(),
    source: z.array(orNull(sourceSchema())),
    amount: integers(),
    threshold: integers(),
    marketState: z.array(integers()),
    accountState: z.array(integers()),
  });
