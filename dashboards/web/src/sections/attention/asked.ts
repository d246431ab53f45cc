import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadAccounts, type AccountPage } from '../accounts/load.ts';

/** The account that stands nearest to the line, at the block of the screen. */
export const nearest: Asked<AccountPage> = {
  key: 'nearest',
  followsBlock: true,
  load: (state, signal) =>
    loadAccounts(
      { ...{ first: 1, venue: undefined, orderBy: 'health', isAtRisk: true }, block: blockOf(state) },
      signal,
    ),
};
