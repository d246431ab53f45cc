import { WAD } from '@undertow/units';
import { lendingLegFlaw } from '../check/lending-legs.ts';
import { legsOf } from '../leg-of-role.ts';
import type { MechanismCheck, StateRange } from '../mechanism-book.ts';
import { GREATEST_WORD } from '../state-range.ts';

/** A market's state is its exchange rate and what an answer is multiplied by; an account's the tokens of each supply. */
export const moneyMarketCheck: MechanismCheck = {
  kernel: 'repay-and-seize',
  marketState: () => [
    ['exchange rate', 0n, GREATEST_WORD],
    ['scale of an answer', 1n, WAD * WAD],
  ],
  accountState: (book, account) =>
    legsOf(book, account).map((leg): StateRange =>
      book.legs.side[leg] === 1 ? ['tokens of a supply', 1n, GREATEST_WORD] : ['tokens of a debt', 0n, 0n],
    ),
  legFlaw: (book, account) => lendingLegFlaw(book, account, 'money-market'),
};
