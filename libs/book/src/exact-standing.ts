import { mechanisms } from './mechanisms.ts';
import type { AccountRow } from './rows.ts';
import type { ExactStanding } from './standing.ts';
import type { BookValues } from './value-account.ts';

/**
 * How an account stands by its venue's own integers, at the amounts of the book and the answers of its oracles as they were moved. Undefined where
 * an oracle does not answer, and where a mechanism has more than collateral and debt to compare.
 */
export function exactStanding(values: BookValues, account: AccountRow): ExactStanding | undefined {
  const { venues, accounts } = values.book;
  return mechanisms[venues[accounts.venue[account]!]!.mechanism].standing?.(values, account);
}
