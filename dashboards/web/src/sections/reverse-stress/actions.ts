import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';

/** What the form says when it was not taken. */
export const STRESS_BOX = 'loss of a reverse stress';

/** Asking which move loses so much. */
export function stressActions({ get, set, write }: Frame): ActionTable {
  return {
    'look-for-loss': (form) => {
      if (!(form instanceof HTMLFormElement)) return;
      const fields = new FormData(form);
      const text = (name: string) => String(fields.get(name) ?? '').trim();
      const loseUsd = text('lose') === '' ? undefined : Number(text('lose'));
      if (loseUsd !== undefined && !(loseUsd > 0 && Number.isFinite(loseUsd)))
        return set({
          rejected: {
            at: STRESS_BOX,
            text: '',
            why: 'a loss is a number of dollars above 0, such as 1000000.',
          },
        });
      const loseAt = text('lose-at') === '' ? undefined : text('lose-at');
      set({ sweep: { ...get().sweep, loseUsd, loseAt }, rejected: undefined, linkProblems: [] });
      write('new');
    },
  };
}
