import { roleCode, type Book, type LegRole } from './book.ts';
import type { AccountRow, LegRow } from './rows.ts';

/** The first leg of an account that has a role; undefined when none has. */
export function legOfRole(
  { accounts, legs }: Pick<Book, 'accounts' | 'legs'>,
  account: AccountRow,
  role: LegRole,
): LegRow | undefined {
  const code = roleCode(role);
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
    if (legs.role[leg] === code) return leg as LegRow;
  return undefined;
}

/** The legs of an account, in the book's order. */
export function legsOf({ accounts }: Pick<Book, 'accounts'>, account: AccountRow): LegRow[] {
  const legs: LegRow[] = [];
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
    legs.push(leg as LegRow);
  return legs;
}

/** Whether an account has exactly a collateral and one leg of another role that it owes, both in one market. */
export function isBackedInOneMarket(
  book: Pick<Book, 'accounts' | 'legs'>,
  account: AccountRow,
  owed: LegRole,
): boolean {
  const { legs } = book;
  const collateral = legOfRole(book, account, 'collateral');
  const debt = legOfRole(book, account, owed);
  if (collateral === undefined || debt === undefined || legsOf(book, account).length !== 2) return false;
  const isOneMarket = legs.market[collateral] === legs.market[debt];
  return isOneMarket && legs.side[collateral] === 1 && legs.side[debt] === -1;
}
