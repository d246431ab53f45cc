import { isMarginAccountDue, marginHealthWad, type MarginAccount } from '@undertow/market';
import type { Book } from '../book.ts';
import type { AccountRow, LegRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';
import { readMargin, valueMargin } from './margin.ts';
import { marginShape } from './shape.ts';
import { collateralUnits, settlementTerms } from './state.ts';

/** USD by which the contracts' own rounding (to a raw unit of the settlement token) may move a side. */
const ROUNDING_USD = 1e-5;
/** Float error as a share of an account's amounts. */
const FLOAT_ERROR = 1e-11;

/** Whether positions of a margin account may be closed, or its collateral other than cash be sold. Source: `isMarginAccountDue`. */
export function isPerpetualDue(values: BookValues, account: AccountRow): boolean {
  const value = valueMargin(readMargin(values, account));
  const band = ROUNDING_USD + FLOAT_ERROR * value.grossUsd;
  const isNear = value.distancesUsd.some((distance) => Math.abs(distance) < band);
  if (isNear && values.isTouched[account] === 0) {
    const margin = marginAccountOfBook(values.book, account, values.exactAnswers());
    return margin !== undefined && isMarginAccountDue(margin);
  }
  return value.isShort || value.isCollateralDue;
}

/** What the venue's nearest line gives an account: below 1 when it is due. Undefined where nothing has to be backed. */
export function perpetualHealth(values: BookValues, account: AccountRow): number | undefined {
  const margin = marginAccountOfBook(values.book, account, values.exactAnswers());
  const healthWad = margin && marginHealthWad(margin);
  return healthWad === undefined ? undefined : Number(healthWad) / 1e18;
}

/**
 * A margin account from the integers of the book, at moved answers; undefined where an oracle does not answer. Pending
 * funding is in its cash already.
 */
export function marginAccountOfBook(
  book: Book,
  account: AccountRow,
  answers: readonly bigint[],
): MarginAccount | undefined {
  const { legs, exact } = book;
  const { exposures, collaterals, cashIn, cashOut } = marginShape(book, account);
  const answerOf = (leg: LegRow) => answers[legs.oracle[leg]!]!;
  const signed = (leg: LegRow | undefined) =>
    leg === undefined ? 0n : exact.amount[leg]! * BigInt(legs.side[leg]!);
  const priced = [...collaterals, ...exposures.flatMap(({ base }) => (base === undefined ? [] : [base]))];
  if (priced.some((leg) => answerOf(leg) <= 0n)) return undefined;
  return {
    balance: 0n,
    owedWad: signed(cashIn) + signed(cashOut),
    terms: settlementTerms(exact.marketState[legs.market[cashIn]!]!),
    exposures: exposures.map(({ base, notional }) => ({
      sizeWad: signed(base),
      openNotionalWad: signed(notional),
      premiumX96: 0n,
      premiumNowX96: 0n,
      markWad: base === undefined ? 0n : answerOf(base),
    })),
    collaterals: collaterals.map((leg) => {
      const { decimals, wadPerAnswer, discountE6 } = collateralUnits(exact.marketState[legs.market[leg]!]!);
      const priceWad = answerOf(leg) * wadPerAnswer;
      return { amount: signed(leg), decimals, priceWad, ratioE6: exact.threshold[leg]!, discountE6 };
    }),
  };
}
