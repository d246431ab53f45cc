import {
  bookValues,
  exactStanding,
  isDue,
  ownPrices,
  type AccountRow,
  type Book,
  type BookValues,
  type ExactStanding,
  type PriceState,
} from '@undertow/book';
import { WAD } from '@undertow/units';
import type { Measure } from '../policy/policy.ts';

/** Exactly where an account stands: a ratio of two integers of its venue. */
export interface ExactRatio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A number with its decimal digits as they are written, in wad; what is below 1e-18 is cut off. */
export function wadOf(value: number): bigint {
  const [mantissa = '0', exponent = '0'] = value.toString().split('e');
  const [whole = '0', part = ''] = mantissa.split('.');
  const places = 18 - part.length + Number(exponent);
  const digits = BigInt(whole + part);
  return places >= 0 ? digits * 10n ** BigInt(places) : digits / 10n ** BigInt(-places);
}

/** What a measure gives an account; undefined without a debt that is worth something, where nothing can be breached. */
export function ratioOf(
  measure: Exclude<Measure, 'deviations'>,
  { collateral, debt, healthWad }: ExactStanding,
): ExactRatio | undefined {
  if (debt === 0n || healthWad === undefined) return undefined;
  if (measure === 'loanToValue') return { numerator: debt, denominator: collateral };
  if (measure === 'collateralRatio') return { numerator: collateral, denominator: debt };
  return { numerator: healthWad, denominator: WAD };
}

/** Below, at or above a number: -1, 0 or 1. Without a denominator it is above all numbers. */
export function compareRatio({ numerator, denominator }: ExactRatio, to: number): -1 | 0 | 1 {
  const difference = numerator * WAD - wadOf(to) * denominator;
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

/** Whether an account is at a target or healthier. */
export const isAtOrBetter = (measure: Measure, ratio: ExactRatio | undefined, target: number): boolean =>
  ratio === undefined || compareRatio(ratio, target) !== (measure === 'loanToValue' ? 1 : -1);

/** Whether a lone account with some amounts is at a target; undefined where that cannot be said. */
export type MeetsTarget = (lone: Book) => boolean | undefined;

/** Prices that trials share, with the integers behind them, which are the same whatever amounts are tried. */
export interface SharedPrices {
  readonly prices: PriceState;
  readonly volatilityFactor: number;
  readonly exactAnswers: () => readonly bigint[];
}

/** The prices of a book as they stand. */
export function sharedPrices(book: Book): SharedPrices {
  const prices = ownPrices(book);
  const isTouched = new Uint8Array(book.accounts.count);
  const { exactAnswers } = bookValues(book, {
    amount: book.legs.amount,
    prices,
    volatilityFactor: 1,
    isTouched,
  });
  return { prices, volatilityFactor: 1, exactAnswers };
}

const UNTOUCHED = new Uint8Array(1);
export const LONE_ROW = 0 as AccountRow;

/** A lone account at prices that are shared. */
export function loneValues(lone: Book, { prices, volatilityFactor, exactAnswers }: SharedPrices): BookValues {
  const { feedAnswer, oracleFactor, oraclePriceUsd } = prices;
  return {
    ...{ book: lone, feedAnswer, oracleFactor, oraclePriceUsd, volatilityFactor, exactAnswers },
    ...{ amount: lone.legs.amount, isTouched: UNTOUCHED },
  };
}

/** At a ratio, by the venue's own integers. */
export function meetsRatio(
  measure: Exclude<Measure, 'deviations'>,
  target: number,
  shared: SharedPrices,
): MeetsTarget {
  return (lone) => {
    const standing = exactStanding(loneValues(lone, shared), LONE_ROW);
    return standing && isAtOrBetter(measure, ratioOf(measure, standing), target);
  };
}

/** Not due after any of some moves: what so many standard deviations of each reference, either way, come to. */
export const meetsMoves =
  (moves: readonly SharedPrices[]): MeetsTarget =>
  (lone) =>
    moves.every((shared) => !isDue(loneValues(lone, shared), LONE_ROW));
