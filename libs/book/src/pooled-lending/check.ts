import { pooledRelease } from '@undertow/market';
import type { MechanismCheck } from '../mechanism-book.ts';

/** Legs and terms say all; the release must be one whose integers are known. */
export const pooledCheck: MechanismCheck = {
  marketState: () => [],
  accountState: () => [],
  legFlaw({ venues, accounts }, account) {
    const { version } = venues[accounts.venue[account]!]!;
    if (pooledRelease(version) !== undefined) return undefined;
    return `accounts[${account}] is at a venue of release ${version}, which has no maths here`;
  },
};
