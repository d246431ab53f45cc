import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';
import { ACCOUNTS_AT_ONCE } from '../../frame/state.ts';
import type { AccountChoice } from './load.ts';

/** Choosing which accounts to list, and opening one. */
export function accountActions({ get, set }: Frame): ActionTable {
  const choose = (change: Partial<AccountChoice>): void =>
    set({ accountChoice: { ...get().accountChoice, ...change } });
  return {
    venue: (target) => {
      const venue = target instanceof HTMLSelectElement && target.value !== '' ? target.value : undefined;
      choose({ venue, first: ACCOUNTS_AT_ONCE });
    },
    order: (target) => {
      const chosen = target instanceof HTMLSelectElement ? target.value : '';
      const orderBy = chosen.endsWith('debt') ? 'debt' : 'health';
      choose({ orderBy, isAtRisk: !chosen.startsWith('ALL'), first: ACCOUNTS_AT_ONCE });
    },
    'more-accounts': () => choose({ first: get().accountChoice.first + ACCOUNTS_AT_ONCE * 2 }),
    'open-account': ({ dataset }) => {
      const openAccounts = new Set(get().openAccounts);
      const key = dataset['account'] ?? '';
      if (!openAccounts.delete(key)) openAccounts.add(key);
      set({ openAccounts });
    },
  };
}
