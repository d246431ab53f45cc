import type { AccountRow, Book } from '@undertow/book';
import { moveNamed, openShock, type Shock } from '@undertow/cascade';
import type { Portfolio } from '../tail/portfolio.ts';
import { accountEquityUsd } from './account-equity.ts';
import { accountName } from './account-name.ts';

/** What accounts of a book gain in a shock: a part each. */
export interface AccountsPortfolio extends Portfolio {
  /** What each account gains in a shock that need not be one of the factors alone, USD. */
  readonly gainsIn: (shock: Shock) => Float64Array;
}

/**
 * Accounts of a book as one portfolio, whose gains are what their equity gains at their venues' own prices when the factors move: a constant
 * oracle does not move with its market, and neither does the equity.
 *
 * @param factors as `moveNamed` reads them.
 * @throws BadDataError for a factor that the book does not have.
 */
export function accountsPortfolio(
  book: Book,
  { accounts, factors }: { readonly accounts: readonly AccountRow[]; readonly factors: readonly string[] },
): AccountsPortfolio {
  const moves = factors.map((factor) => moveNamed(book, factor, 0));
  const shock = openShock(book);
  const equityIn = (wanted: Shock) => {
    const values = shock(wanted);
    return Float64Array.from(accounts, (account) => accountEquityUsd(values, account));
  };
  const before = equityIn({ moves: [] });
  const gainsIn = (wanted: Shock) => equityIn(wanted).map((after, at) => after - before[at]!);
  return {
    factors,
    parts: accounts.map((account) => accountName(book, account)),
    gainsIn,
    gainsUsd: (logReturns) =>
      gainsIn({ moves: moves.map((move, at) => ({ ...move, move: Math.expm1(logReturns[at]!) })) }),
  };
}
