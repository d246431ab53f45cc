import { mechanisms } from './mechanisms.ts';
import type { AccountRow } from './rows.ts';
import type { BookValues } from './value-account.ts';

/**
 * Whether the venue of an account lets it be liquidated at given amounts and oracle prices: as the contract decides, with its
 * own rounding, while the amounts are still the book's own integers.
 */
export function isDue(values: BookValues, account: AccountRow): boolean {
  const { venues, accounts } = values.book;
  return mechanisms[venues[accounts.venue[account]!]!.mechanism].isDue(values, account);
}
