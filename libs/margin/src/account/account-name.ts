import type { AccountRow, Book } from '@undertow/book';

/** What people call an account: its venue, and the market or position that names it where the owner has several there. */
export function accountName({ accounts, venues, markets, legs }: Book, account: AccountRow): string {
  const { id } = venues[accounts.venue[account]!]!;
  const market = accounts.market[account]!;
  if (market === '') return id;
  const known = markets.find((one) => one.venue === accounts.venue[account] && one.id === market)?.label;
  const first = markets[legs.market[accounts.legStart[account]!]!]?.label ?? '';
  return `${id} ${known ?? `${first} #${market}`}`;
}
