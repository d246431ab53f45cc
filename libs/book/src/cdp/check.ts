import { WAD } from '@undertow/units';
import { isBackedInOneMarket } from '../leg-of-role.ts';
import type { MechanismCheck } from '../mechanism-book.ts';
import { GREATEST_WORD } from '../state-range.ts';

/** A position has a collateral and a debt; the venue's state is the least ratio and what an answer is multiplied by. */
export const cdpCheck: MechanismCheck = {
  kernel: 'stability-pool',
  marketState: () => [
    ['least ratio', 1n, GREATEST_WORD],
    ['scale of an answer', 1n, WAD],
  ],
  accountState: () => [],
  legFlaw: (book, account) =>
    isBackedInOneMarket(book, account, 'debt')
      ? undefined
      : `accounts[${account}] must have one collateral and one debt in one market`,
};
