import { blockOf, type Asked } from '../../frame/asked.ts';
import { loadAccounts, type AccountPage } from './load.ts';

/** The accounts that somebody chose to see, at the block of the screen. */
export const accounts: Asked<AccountPage> = {
  key: 'accounts',
  followsBlock: true,
  about: ({ accountChoice }) => JSON.stringify(accountChoice),
  load: (state, signal) => loadAccounts({ ...state.accountChoice, block: blockOf(state) }, signal),
};
