import { isMarginAccountDue, type MarginAccount } from '@undertow/market';
import type { AccountRow, Book, LegRow } from '../book.ts';
import { marginShape } from './shape.ts';
import { collateralUnits } from './state.ts';

/** See `isLiquidatableExact`: positions may be closed, or collateral other than cash may be sold. */
export function isPerpetualDue(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const margin = marginAccountOfBook(book, account, answers);
  return margin !== undefined && isMarginAccountDue(margin);
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
  const { terms, exposures, collaterals, cashIn, cashOut } = marginShape(book, account);
  const answerOf = (leg: LegRow) => answers[legs.oracle[leg]!]!;
  const signed = (leg: LegRow | undefined) =>
    leg === undefined ? 0n : exact.amount[leg]! * BigInt(legs.side[leg]!);
  const priced = [...collaterals, ...exposures.flatMap(({ base }) => (base === undefined ? [] : [base]))];
  if (priced.some((leg) => answerOf(leg) <= 0n)) return undefined;
  return {
    ...{ balance: 0n, owedWad: signed(cashIn) + signed(cashOut), terms },
    exposures: exposures.map(({ base, notional }) => ({
      ...{ sizeWad: signed(base), openNotionalWad: signed(notional) },
      ...{ premiumX96: 0n, premiumNowX96: 0n, markWad: base === undefined ? 0n : answerOf(base) },
    })),
    collaterals: collaterals.map((leg) => {
      const { decimals, wadPerAnswer, discountE6 } = collateralUnits(exact.marketState[legs.market[leg]!]!);
      const priceWad = answerOf(leg) * wadPerAnswer;
      return { amount: signed(leg), decimals, priceWad, ratioE6: exact.threshold[leg]!, discountE6 };
    }),
  };
}
