import { blockOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { isMarketKnown } from '../markets/market-of.ts';
import { venueIdOf } from '../venues/venue-of.ts';
import { loadAccounts, type AccountChoice, type AccountPage } from './load.ts';

/** Which accounts are shown: on the page of a venue those of it, on the page of a market those with something in it. */
export function choiceOf({ accountChoice, at }: Pick<State, 'accountChoice' | 'at'>): AccountChoice {
  const venue = venueIdOf({ at });
  return venue === undefined ? accountChoice : { ...accountChoice, venue, market: at.parts['market'] };
}

/** The accounts that somebody chose to see, at the block of the screen. */
export const accounts: Asked<AccountPage> = {
  key: 'accounts',
  followsBlock: true,
  isAsked: isMarketKnown,
  about: (state) => JSON.stringify(choiceOf(state)),
  load: (state, signal) => loadAccounts({ ...choiceOf(state), block: blockOf(state) }, signal),
};
