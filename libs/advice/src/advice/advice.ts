import { z } from 'zod';
import { backtestRecord } from '../backtest/backtest-record.ts';
import { movedRecord } from '../evidence/moved-record.ts';
import { PARAMETER_KINDS } from '../parameters/parameter.ts';
import { LOSSES_OF } from '../study/asked.ts';

/** Version of the form; raised when a reader of the old one would misread the new one. */
export const ADVICE_VERSION = 1;

/**
 * What an advice comes to.
 *
 * - `raise`, `lower`, `keep`: another value, or the present one, is the largest within the tolerance.
 * - `out-of-reach`: no value that is allowed brings the loss within the tolerance.
 * - `unknown`: something is missing without which there is no number; `missing` says what.
 * - `not-a-parameter`: the venue has no such parameter; `words` says why.
 */
export const VERDICTS = ['raise', 'lower', 'keep', 'out-of-reach', 'unknown', 'not-a-parameter'] as const;

/**
 * What sets the advised value: the tolerance; the toxicity line; the least that lets a liquidator act; the contract's own rule (a borrowing limit not above the
 * line, allowed values); or the end of what was searched.
 */
export const BOUND_BY = ['tolerance', 'toxicity', 'incentive', 'contract', 'search-end', 'cover-2'] as const;

const usd = () => z.number();

const interval = () => z.strictObject({ low: z.number().exactOptional(), high: z.number().exactOptional() });

/** A parameter's value: as a ratio, whole units or USD (`unit`), and in basis points where the venue counts in them. */
const value = () =>
  z.strictObject({
    value: z.number(),
    unit: z.enum(['ratio', 'units', 'usd']),
    bps: z.int().exactOptional(),
  });

/** How losses are distributed over the scenarios of the plan, each a cascade over all venues. */
const losses = () =>
  z.strictObject({
    /** Scenarios that were run, of how many. */
    scenarios: z.int(),
    of: z.int(),
    expectedShortfallUsd: usd(),
    /** True where not all scenarios were run: the shortfall is then at least this. */
    isLowerBound: z.boolean(),
    /** 95 %; absent where not all scenarios were run. */
    interval: interval().exactOptional(),
    valueAtRiskUsd: usd().exactOptional(),
    meanUsd: usd().exactOptional(),
    greatestUsd: usd(),
    quantiles: z.array(z.strictObject({ level: z.number(), usd: usd() })).exactOptional(),
    /** Scenarios that lose nothing, and by size of the loss. */
    histogram: z
      .strictObject({
        zeros: z.int(),
        bins: z.array(z.strictObject({ fromUsd: usd(), toUsd: usd(), count: z.int() })),
      })
      .exactOptional(),
  });

const accountDue = () =>
  z.strictObject({
    owner: z.string(),
    market: z.string(),
    debtUsd: usd(),
    healthBefore: z.number(),
    healthAfter: z.number(),
  });

const evidence = () =>
  z.strictObject({
    /** Under the present terms. */
    before: losses(),
    /** Under the advised value, with owners who behave as `behaviour` says. Absent where the value stays or there is none. */
    after: losses().exactOptional(),
    /** Under the advised value if no owner changed its debt. */
    afterIfNobodyActs: losses().exactOptional(),
    /** Largest losses under the advised value (else the present one), the scenarios that bind. */
    binding: z.array(z.strictObject({ scenario: z.int(), lossUsd: usd(), moves: z.array(z.string()) })),
    /** Values that were tried, and by how much their expected shortfall is above the tolerance at least (negative: below). */
    tried: z.array(z.strictObject({ value: z.number(), excessUsd: usd() })),
    /** False where a larger value was safer than a smaller one. */
    isMonotone: z.boolean(),
    /** Whom the change alone would let be liquidated at once, at the present prices. */
    madeDue: z
      .strictObject({
        accounts: z.int(),
        debtUsd: usd(),
        /** What would be liquidated and lost then, with no price moved from outside. */
        liquidatedUsd: usd(),
        lossUsd: usd(),
        largest: z.array(accountDue()),
      })
      .exactOptional(),
    /** What can be borrowed against the market: collateral × value; less after than before is the cost of the advice. */
    borrowingPower: z
      .strictObject({ beforeUsd: usd(), afterUsd: usd().exactOptional(), costUsd: usd().exactOptional() })
      .exactOptional(),
  });

const check = () =>
  z.strictObject({
    name: z.string(),
    /** Absent where it cannot be computed; `why` says what is missing. */
    value: z.number().exactOptional(),
    unit: z.enum(['ratio', 'units', 'usd', 'level']),
    why: z.string().exactOptional(),
    source: z.string(),
  });

const input = () =>
  z.strictObject({
    name: z.string(),
    value: z.union([z.number(), z.string()]),
    unit: z.string(),
    source: z.string(),
    hash: z.string().exactOptional(),
  });

/** Something that an advice would need or use and that is not there, and what follows from it. */
const missing = () => z.strictObject({ name: z.string(), why: z.string(), follows: z.string() });

const step = () => z.strictObject({ time: z.int(), value: z.number(), expires: z.int().exactOptional() });

const path = () =>
  z.strictObject({
    /** Whether the steps end at the advised value. */
    reaches: z.boolean(),
    steps: z.array(step()),
    /** Why not all of the way, and what else the limits mean here. */
    words: z.array(z.string()),
  });

const whole = z.strictObject({
  version: z.literal(ADVICE_VERSION),
  parameter: z.strictObject({
    kind: z.enum(PARAMETER_KINDS),
    venue: z.string(),
    market: z.string(),
    label: z.string(),
  }),
  verdict: z.enum(VERDICTS),
  /** The advice in whole sentences, the most important first. */
  words: z.array(z.string()),
  current: value().exactOptional(),
  advised: value().exactOptional(),
  boundBy: z.enum(BOUND_BY).exactOptional(),
  asked: z.strictObject({
    confidence: z.number(),
    toleranceUsd: usd().exactOptional(),
    toleranceShare: z.number().exactOptional(),
    lossesOf: z.enum(LOSSES_OF),
    behaviour: z.enum(['keep-health', 'keep-debt']),
  }),
  /** The toxicity line with slippage: the largest threshold (of a bonus: the largest bonus) that is not toxic. */
  toxicity: z
    .strictObject({
      line: z.number(),
      by: z.enum(['cover', 'health']),
      slippage: z.number(),
      sizeUsd: usd(),
      lagFall: z.number(),
    })
    .exactOptional(),
  tiers: z
    .array(z.strictObject({ asset: z.string(), upToUsd: usd(), maintenanceMargin: z.number() }))
    .exactOptional(),
  evidence: evidence().exactOptional(),
  checks: z.array(check()),
  inputs: z.array(input()),
  missing: z.array(missing()),
  path: path().exactOptional(),
  /** How it would have fared over history, see `withBacktest`; by itself an advice is not backtested, and its words say so. */
  backtest: backtestRecord().exactOptional(),
  /** How the advice itself would have fared at dates of the past, through whole cascades; absent where nobody asked. */
  cascadeBacktest: backtestRecord().exactOptional(),
  /** What moved the value since the advice before, input by input; absent where it did not move, or nobody compared. */
  moved: movedRecord().exactOptional(),
  bookHash: z.string(),
  planHash: z.string().exactOptional(),
  /** SHA-256 of all inputs: book, plan, what was asked, what was given. */
  inputsHash: z.string(),
  /** SHA-256 of the advice without this field. */
  adviceHash: z.string(),
});

/** An advice on one parameter, as plain data. Money in USD, times in unix seconds, ratios where nothing else is said. */
export type Advice = z.infer<typeof whole>;
export type AdviceValue = z.infer<ReturnType<typeof value>>;
export type AdviceLosses = z.infer<ReturnType<typeof losses>>;
export type AdviceEvidence = z.infer<ReturnType<typeof evidence>>;
export type AdviceCheck = z.infer<ReturnType<typeof check>>;
export type AdviceInput = z.infer<ReturnType<typeof input>>;
export type AdviceMissing = z.infer<ReturnType<typeof missing>>;
export type AdvicePath = z.infer<ReturnType<typeof path>>;
export type Verdict = (typeof VERDICTS)[number];
export type BoundBy = (typeof BOUND_BY)[number];

/** What a stored or sent advice must be; JSON reads back as it was. */
export const adviceSchema: z.ZodType<Advice> = whole;
/** The same as JSON Schema, for other programs. */
export const adviceJsonSchema = (): object => z.toJSONSchema(whole);
