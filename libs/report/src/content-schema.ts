import { BEHAVIOURS, LOSSES_OF, PARAMETER_KINDS } from '@undertow/advice';
import { ENGINE_KINDS } from '@undertow/cascade';
import { z } from 'zod';
import { BUNDLE_FORMAT, BUNDLE_VERSION } from './bundle.ts';
import { REPORT_KINDS } from './content.ts';

/** As of moves everywhere: a rise of more than a thousandfold is a typing error. */
const LARGEST_RISE = 1_000;

const move = () => z.number().gt(-1).max(LARGEST_RISE);
const address = () => z.string().regex(/^0x[0-9a-f]+$/, 'must be an address in lower case');
const hash = () => z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in lower case');

const moveSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reference'), symbol: z.string(), move: move() }),
  z.strictObject({ kind: z.literal('asset'), asset: address(), move: move() }),
  z.strictObject({ kind: z.literal('market'), asset: address(), move: move() }),
  z.strictObject({ kind: z.literal('rate'), asset: address(), move: move() }),
  z.strictObject({ kind: z.literal('feed'), feed: z.string(), move: move() }),
  z.strictObject({
    kind: z.literal('oracle'),
    asset: address(),
    venue: z.string().exactOptional(),
    move: move(),
  }),
  z.strictObject({ kind: z.literal('landed'), asset: address().exactOptional(), move: move() }),
]);

const liquidators = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rational'), gasUsd: z.number().min(0) }),
  z.strictObject({ kind: z.literal('unlimited') }),
  z.strictObject({
    kind: z.literal('capital'),
    gasUsd: z.number().min(0),
    capitalUsd: z.number().gt(0),
  }),
]);

const policies = () =>
  z.strictObject({
    liquidators,
    oracles: z.enum(['between', 'within']),
    depositors: z.enum(['sell', 'hold']),
  });

/** Every field is said, so that a report does not change its meaning with the defaults of a later program. */
const scenarioSchema = z.strictObject({
  moves: z.array(moveSchema),
  volatilityMove: move(),
  depthFactor: z.number().gt(0),
  landsAtUsd: z.record(address(), z.number().min(0)).exactOptional(),
  policies: policies(),
  maxRounds: z.int().min(1).exactOptional(),
});

// What a plan must be, `readPlan` of libs/sweep says when it is run.
const plan = () => z.record(z.string(), z.unknown());

const askedSchema = z.strictObject({
  plan: plan(),
  confidence: z.number().gt(0).lt(1),
  tolerance: z.strictObject({
    most: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('usd'), usd: z.number().min(0) }),
      z.strictObject({ kind: z.literal('share'), share: z.number().min(0) }),
    ]),
    of: z.enum(LOSSES_OF),
  }),
  behaviour: z.enum(BEHAVIOURS),
  stepBps: z.int().min(1).max(1_000),
  confirm: z.enum(['all', 'wide']),
  mostAccounts: z.int().min(1),
});

const integer = () => z.string().regex(/^(0|[1-9][0-9]*)$/, 'must be an integer from 0, as text');
const blockHash = () =>
  z
    .string()
    .regex(/^0x[0-9a-f]{64}$/, 'must be 0x and 64 hexadecimal digits in lower case')
    .nullable();

const happenedSchema = z.strictObject({
  to: z.strictObject({ block: z.int().min(0), blockHash: blockHash(), time: z.number().min(0) }),
  liquidations: z.array(
    z.strictObject({
      block: z.int().min(0),
      logIndex: z.int().min(0),
      part: z.int().min(0),
      time: z.number().min(0),
      transaction: blockHash(),
      venue: z.string(),
      market: z.string(),
      owner: address(),
      liquidator: address(),
      collateralAsset: address(),
      debtAsset: address(),
      repaid: integer(),
      seized: integer(),
      badDebt: integer(),
    }),
  ),
  answers: z.array(
    z.strictObject({
      feed: z.string(),
      block: z.int().min(0),
      time: z.number().min(0),
      answer: z.string().regex(/^[1-9][0-9]*$/, 'must be an integer above 0, as text'),
    }),
  ),
  flags: z.array(
    z.strictObject({
      kind: z.string(),
      severity: z.string(),
      subject: z.string(),
      label: z.string(),
      start: z.number(),
      raisedAt: z.number(),
      end: z.number().nullable(),
      peak: z.number(),
    }),
  ),
});

const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scenario'), scenario: scenarioSchema }),
  z.strictObject({
    kind: z.literal('sweep'),
    plan: plan(),
    engine: z.enum(ENGINE_KINDS),
    tailLevel: z.number().gt(0).lt(1),
  }),
  z.strictObject({
    kind: z.literal('state'),
    moves: z.array(move()).min(1).max(100),
    drops: z.array(z.number().min(0).lt(1)).max(100),
  }),
  z.strictObject({
    kind: z.literal('proposal'),
    asked: askedSchema,
    venues: z.array(z.string()).min(1).nullable(),
    parameters: z.array(z.enum(PARAMETER_KINDS)).min(1).nullable(),
  }),
  z.strictObject({
    kind: z.literal('incident'),
    policies: policies(),
    movedBy: z.int().min(0).nullable(),
    happenedHash: hash(),
    happened: happenedSchema,
  }),
]);

const value = () => z.union([z.string(), z.number(), z.boolean(), z.null()]);

const figure = z.strictObject({
  name: z.string().min(1),
  label: z.string(),
  value: value(),
  unit: z.string(),
  chainId: z.int().min(0),
  block: z.int().min(0),
  source: z.string(),
});

const table = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'must be a plain name, as files are called by it'),
  title: z.string(),
  chainId: z.int().min(0),
  block: z.int().min(0),
  source: z.string(),
  columns: z.array(z.strictObject({ name: z.string().min(1), label: z.string(), unit: z.string() })).min(1),
  rows: z.array(z.array(value())),
  leftOut: z.int().min(0),
});

const content = z.strictObject({
  kind: z.enum(REPORT_KINDS),
  subject: z.string().min(1),
  blocks: z
    .array(
      z.strictObject({
        chainId: z.int().min(0),
        block: z.int().min(0),
        blockHash: blockHash(),
        time: z.number().min(0),
        bookHash: hash(),
      }),
    )
    .min(1),
  question: questionSchema,
  engine: z.string(),
  software: z.string(),
  seed: z.number().nullable(),
  summary: z.array(z.string()),
  figures: z.array(figure),
  tables: z.array(table),
  assumptions: z.array(z.string()),
});

/** What every version of the file begins with. */
export const headSchema = z.object({ format: z.string(), version: z.number() });

/** The one declaration of what a field of a bundle must be. */
export const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  version: z.literal(BUNDLE_VERSION),
  id: hash(),
  cid: z.string(),
  seals: z.record(z.string(), hash()),
  content,
  signatures: z.array(
    z.strictObject({
      signer: z.string().regex(/^0x[0-9a-f]{40}$/, 'must be an address in lower case'),
      signature: z.string().regex(/^0x[0-9a-f]{128}(1b|1c)$/, 'must be 65 bytes, the last 1b or 1c'),
    }),
  ),
});

/** The same as JSON Schema, for programs that are not ours. */
export const bundleJsonSchema = (): object => z.toJSONSchema(bundleSchema);
