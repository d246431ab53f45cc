import { LEG_ROLES } from '../book.ts';
import { legsOf } from '../leg-of-role.ts';
import type { MechanismCheck } from '../mechanism-book.ts';
import { GREATEST_WORD } from '../state-range.ts';

/** A position has one debt and at most one collateral, in one pair; the pair's state is the scale of its price. */
export const pairCheck: MechanismCheck = {
  kernel: 'repay-and-seize',
  marketState: () => [['scale of its price', 1n, GREATEST_WORD]],
  accountState: () => [],
  legFlaw(book, account) {
    const { legs } = book;
    const own = legsOf(book, account);
    const roles = own.map((leg) => LEG_ROLES[legs.role[leg]!]).sort();
    if (!['debt', 'collateral,debt'].includes(roles.join()))
      return `accounts[${account}] must have one debt and at most one collateral, as a position in a pair has`;
    if (own.some((leg) => legs.market[leg] !== legs.market[own[0]!]))
      return `accounts[${account}] must have its legs in one pair`;
    return undefined;
  },
};
