import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';

/** Leaving the address that is looked up. */
export function lookUpActions({ set, go }: Frame): ActionTable {
  return {
    'close-owner': () => {
      set({ said: 'Closed' });
      go('/accounts');
    },
  };
}
