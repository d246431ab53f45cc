import { mechanisms } from './mechanisms.ts';
import type { AccountRow } from './rows.ts';
import type { BookValues } from './value-account.ts';

/** What an account has and owes by its venue's own integers. */
export interface ExactStanding {
  /** Collateral that counts, and debt, at the venue's prices and in the unit that it compares them in, rounded as it rounds. */
  readonly collateral: bigint;
  readonly debt: bigint;
  /** The venue's health factor, wad, rounded down; undefined without a debt that is worth something. */
  readonly healthWad: bigint | undefined;
  /**
   * What the venue rounds to a step before it goes on, such as an average threshold in whole basis points; undefined where there is nothing
   * of the kind. More collateral makes an account healthier only as long as this stays the same.
   */
  readonly step?: bigint | undefined;
}

/**
 * How an account stands by its venue's own integers, at the amounts of the book and the answers of its oracles as they were moved. Undefined where
 * an oracle does not answer, and where a mechanism has more than collateral and debt to compare.
 */
export function exactStanding(values: BookValues, account: AccountRow): ExactStanding | undefined {
  const { venues, accounts } = values.book;
  return mechanisms[venues[accounts.venue[account]!]!.mechanism].standing?.(values, account);
}
