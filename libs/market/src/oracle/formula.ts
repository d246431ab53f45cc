import type { FeedId } from '../id.ts';

/**
 * What a price source is made of: how its answer follows from the answers of other feeds, with every integer as its
 * contract had it at a block. `formulaAnswer` computes the answer as the contract does, to the last unit.
 *
 * A feed without a formula is a base feed: its answers come from outside the chain. A feed whose formula is `unknown`
 * is neither: it answers, but nobody knows what moves it.
 */
export type FeedFormula =
  | ConstantFormula
  | CappedFormula
  | CappedByFormula
  | RateFormula
  | ProductFormula
  | DiscountedFormula
  | UnknownFormula;

/** The same answer always. Somebody may set another one, which is another formula then. */
export interface ConstantFormula {
  readonly form: 'constant';
  /** Raw, in the feed's own decimals. */
  readonly answer: bigint;
}

/** `min(base, greatest)`: a dollar token that counts for so much at most. */
export interface CappedFormula {
  readonly form: 'capped';
  readonly base: FeedId;
  /** Raw, in the decimals of the base, which are the feed's own. */
  readonly greatest: bigint;
}

/** `min(base, ceiling × ratio ÷ 10^ratioDecimals)`: a token of another currency, held against that currency's own feed. */
export interface CappedByFormula {
  readonly form: 'capped-by';
  readonly base: FeedId;
  readonly ceiling: FeedId;
  readonly ratio: bigint;
  readonly ratioDecimals: number;
}

/**
 * `base × min(rate, cap at the time) ÷ 10^rateDecimals`: a staked or wrapped token by what it is redeemed for. Without
 * `base` the answer is the rate itself, for another formula or an oracle to multiply.
 */
export interface RateFormula {
  readonly form: 'rate';
  readonly base?: FeedId;
  /** Units of what the base prices that one unit stands for, times 10^rateDecimals. */
  readonly rate: bigint;
  readonly rateDecimals: number;
  /** How fast the rate may grow. Absent = as fast as it does. */
  readonly cap?: RateCap;
}

/** The greatest rate that counts at a time: `rate + growthPerSecond × (time − since) ÷ growthScale`, the product floored once. */
export interface RateCap {
  /** Rate at `since`, in the decimals of the formula's rate. */
  readonly rate: bigint;
  /** Unix seconds. */
  readonly since: bigint;
  readonly growthPerSecond: bigint;
  readonly growthScale: bigint;
}

/** `multiplier × Π times ÷ (divisor × Π over)`, floored once: cross feeds, inverses, fixed multiples. */
export interface ProductFormula {
  readonly form: 'product';
  readonly times: readonly FeedId[];
  readonly over: readonly FeedId[];
  readonly multiplier: bigint;
  readonly divisor: bigint;
}

/**
 * `base × (one − discount) ÷ one` with `discount = secondsToMaturity × discountPerYear ÷ secondsPerYear`, floored: a token
 * that pays out at a maturity, at a discount that falls in a straight line to nothing. Without `base` the answer is
 * `one − discount`.
 */
export interface DiscountedFormula {
  readonly form: 'discounted';
  readonly base?: FeedId;
  /** Unix seconds; from then on there is no discount. */
  readonly maturity: bigint;
  /** In parts of `one`. */
  readonly discountPerYear: bigint;
  readonly secondsPerYear: bigint;
  /** 100 %. */
  readonly one: bigint;
}

/** The feed answers, but what moves it is not understood: whatever is priced by it is a coverage gap. */
export interface UnknownFormula {
  readonly form: 'unknown';
  /** For people; says which contract, and what was tried. */
  readonly reason: string;
}

/** The feeds that a formula asks itself, each once, in the order in which it asks them. */
export function formulaBases(formula: FeedFormula): readonly FeedId[] {
  switch (formula.form) {
    case 'constant':
    case 'unknown':
      return [];
    case 'capped':
      return [formula.base];
    case 'capped-by':
      return [...new Set([formula.base, formula.ceiling])];
    case 'rate':
    case 'discounted':
      return formula.base === undefined ? [] : [formula.base];
    case 'product':
      return [...new Set([...formula.times, ...formula.over])];
  }
}

/** Longest chain of feeds made of feeds that is followed; what lies deeper has no answer here. Real ones have three. */
export const MOST_FORMULA_STEPS = 8;
