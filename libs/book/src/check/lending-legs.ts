import type { Mechanism } from '@undertow/market';
import { LEG_ROLES } from '../book.ts';
import { legsOf } from '../leg-of-role.ts';
import type { CheckedBook } from '../mechanism-book.ts';
import type { AccountRow } from '../rows.ts';

/** What is wrong with the legs of an account that lends and borrows in one pool; undefined = nothing. */
export function lendingLegFlaw(
  book: CheckedBook,
  account: AccountRow,
  mechanism: Mechanism,
): string | undefined {
  const { legs } = book;
  for (const leg of legsOf(book, account)) {
    const role = LEG_ROLES[legs.role[leg]!]!;
    if (role !== 'collateral' && role !== 'supply' && role !== 'debt')
      return `legs.role[${leg}] must be one that an account of ${mechanism} has, not ${role}`;
    if (role === 'debt' && legs.side[leg] !== -1) return `legs.side[${leg}] must be -1, as a debt is owed`;
    if (role !== 'debt' && legs.side[leg] !== 1) return `legs.side[${leg}] must be 1, as ${role} is held`;
  }
  return undefined;
}
