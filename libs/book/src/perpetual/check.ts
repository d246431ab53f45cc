import { LEG_ROLES } from '../book.ts';
import { legsOf } from '../leg-of-role.ts';
import type { MechanismCheck, StateRange } from '../mechanism-book.ts';
import { GREATEST_WORD } from '../state-range.ts';

const E6 = 1_000_000n;

/** See `settlementState` and `collateralState`; a perpetual has none. */
const STATES: Readonly<Record<number, readonly StateRange[]>> = {
  10: [
    ['decimals', 0n, 18n],
    ['initial margin', 0n, E6],
    ['maintenance margin', 0n, E6],
    ['liquidation penalty', 0n, E6],
    ['margin buffer of collateral', 0n, E6],
    ['debt to collateral', 0n, E6],
    ['debt threshold', 0n, GREATEST_WORD],
    ['share of collateral sold', 0n, E6],
    ['dust', 0n, GREATEST_WORD],
    ['fee to the fund', 0n, E6],
  ],
  3: [
    ['decimals', 0n, 77n],
    ['decimals of the price', 0n, 18n],
    ['discount', 0n, E6 - 1n],
  ],
};

/** Length of the state that the market of a role's leg has. */
const LENGTH_OF_ROLE: Readonly<Record<string, number>> = { cash: 10, collateral: 3, base: 0, notional: 0 };

/** Two legs of cash, one on each side; in a perpetual one of the base token and one of its open notional at most. */
export const marginCheck: MechanismCheck = {
  kernel: 'close-position',
  marketState: (state) => STATES[state.length] ?? [],
  accountState: () => [],
  legFlaw(book, account) {
    const { legs, exact } = book;
    const found = new Set<string>();
    for (const leg of legsOf(book, account)) {
      const role = LEG_ROLES[legs.role[leg]!]!;
      const market = legs.market[leg]!;
      const length = LENGTH_OF_ROLE[role];
      if (length === undefined) return `legs.role[${leg}] must be one that a margin account has, not ${role}`;
      if (exact.marketState[market]!.length !== length)
        return `exact.marketState[${market}] must have ${length} integers, as it is the market of ${role}`;
      if (role === 'collateral' && legs.side[leg] !== 1)
        return `legs.side[${leg}] must be 1, as collateral is not owed`;
      if (role === 'collateral') continue;
      const part = role === 'cash' ? `cash ${legs.side[leg]}` : `${role} ${market}`;
      if (found.has(part)) return `accounts[${account}] must not have two legs of one part of its position`;
      found.add(part);
    }
    return found.has('cash 1') && found.has('cash -1')
      ? undefined
      : `accounts[${account}] must have two legs of cash, one on each side`;
  },
};
