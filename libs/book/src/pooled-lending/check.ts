import { pooledRelease } from '@undertow/market';
import { lendingLegFlaw } from '../check/lending-legs.ts';
import type { MechanismCheck } from '../mechanism-book.ts';

/** Legs and terms say all; the release must be one whose integers are known. */
export const pooledCheck: MechanismCheck = {
  kernel: 'repay-and-seize',
  marketState: () => [],
  accountState: () => [],
  legFlaw(book, account) {
    const { version } = book.venues[book.accounts.venue[account]!]!;
    if (pooledRelease(version) !== undefined) return lendingLegFlaw(book, account, 'pooled-lending');
    return `accounts[${account}] is at a venue of release ${version}, which has no maths here`;
  },
};
