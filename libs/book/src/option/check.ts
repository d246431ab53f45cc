import { isShortOption, OPTION_TYPES } from '@undertow/market';
import { WAD } from '@undertow/units';
import { isBackedInOneMarket, legOfRole } from '../leg-of-role.ts';
import type { MechanismCheck } from '../mechanism-book.ts';
import { GREATEST_WORD } from '../state-range.ts';

/** Longest life of an option series, and its largest interest per year: what is discounted by both can be written. */
const MOST_SERIES_SECONDS = 10 * 31_536_000;
const MOST_RATE_WAD = 10n * WAD;
/** Largest strike, volatility and shock of an option, wad: far beyond any that is traded. */
const MOST_STRIKE_WAD = 10n ** 42n;
const MOST_SHOCK_WAD = 1_000n * WAD;

/** A written position has a collateral and the option; see `marketState` in exact-state.ts for the state of a series. */
export const optionCheck: MechanismCheck = {
  kernel: 'buy-back',
  marketState: (state, time) => [
    ['strike', 1n, MOST_STRIKE_WAD],
    ['expiry', BigInt(time) + 1n, BigInt(time + MOST_SERIES_SECONDS)],
    ['interest', -MOST_RATE_WAD, MOST_RATE_WAD],
    ['scale of an answer', 1n, WAD],
    ['least margin in cash', 0n, GREATEST_WORD],
    ['least margin in the underlying', 0n, GREATEST_WORD],
    ['volatility at the near point', 0n, MOST_SHOCK_WAD],
    ['near point', 0n, state[9] ?? GREATEST_WORD],
    ['volatility at the far point', 0n, MOST_SHOCK_WAD],
    ['far point', 0n, GREATEST_WORD],
    ['price shock of a call', 1n, MOST_SHOCK_WAD],
    ['price shock of a put', 1n, MOST_SHOCK_WAD],
  ],
  accountState: () => [
    ['type', BigInt(OPTION_TYPES.findIndex(isShortOption)), BigInt(OPTION_TYPES.length - 1)],
  ],
  legFlaw(book, account) {
    if (!isBackedInOneMarket(book, account, 'option'))
      return `accounts[${account}] must have one collateral and one option in one market`;
    const leg = legOfRole(book, account, 'option')!;
    const series = book.instruments[book.legs.instrument[leg]!];
    return series?.venue === book.accounts.venue[account]
      ? undefined
      : `legs.instrument[${leg}] must name a series of the account's own venue`;
  },
};
