import { compareText } from '@undertow/book';
import type { Names } from './names.ts';
import type { LegStore } from './leg-store.ts';

/**
 * The legs of a store, so ordered that those of one account stand together and accounts stand in the order of what names them: venue,
 * owner, market where an account is in one, account; within an account by market, collateral before debt. Whatever the order of
 * the tables, the order of what comes of them is the same.
 */
export function accountOrder(
  store: LegStore,
  isInOneMarket: (venue: number) => boolean,
): { readonly order: Uint32Array; readonly isSameAccount: (a: number, b: number) => boolean } {
  const { owner, venue, market, asset, account, role } = store.columns;
  const ranks = {
    owner: ranksOf(store.owners),
    venue: ranksOf(store.venues),
    market: ranksOf(store.markets),
    asset: ranksOf(store.assets),
    account: ranksOf(store.accounts),
  };
  const inOne = Uint8Array.from(store.venues.all, (_, id) => (isInOneMarket(id) ? 1 : 0));
  const compareAccounts = (a: number, b: number): number =>
    ranks.venue[venue[a]!]! - ranks.venue[venue[b]!]! ||
    ranks.owner[owner[a]!]! - ranks.owner[owner[b]!]! ||
    (inOne[venue[a]!] === 1 ? ranks.market[market[a]!]! - ranks.market[market[b]!]! : 0) ||
    ranks.account[account[a]!]! - ranks.account[account[b]!]!;
  const order = Uint32Array.from({ length: store.count }, (_, leg) => leg);
  order.sort(
    (a, b) =>
      compareAccounts(a, b) ||
      ranks.market[market[a]!]! - ranks.market[market[b]!]! ||
      role[a]! - role[b]! ||
      ranks.asset[asset[a]!]! - ranks.asset[asset[b]!]! ||
      a - b,
  );
  return { order, isSameAccount: (a, b) => compareAccounts(a, b) === 0 };
}

/** By number of a name its place among all of them in order. */
function ranksOf({ all }: Names): Uint32Array {
  const ranks = new Uint32Array(all.length);
  const sorted = all.map((_, id) => id).sort((a, b) => compareText(all[a]!, all[b]!));
  for (const [rank, id] of sorted.entries()) ranks[id] = rank;
  return ranks;
}
