import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';
import { capUpdateOf } from './choice.ts';

/** What the form says when it was not taken. */
export const CAP_BOX = 'cap update';

/** Playing an update of a cap, and leaving it. */
export function capUpdateActions({ set, write }: Frame): ActionTable {
  return {
    'play-cap-update': (form) => {
      if (!(form instanceof HTMLFormElement)) return;
      const fields = new FormData(form);
      const text = (name: string) => String(fields.get(name) ?? '');
      const percent = text('change').trim();
      const typed = {
        oracle: text('cap'),
        ratio: text('ratio'),
        since: text('since'),
        // By its decimal digits, so that 3 % is 0.03.
        mostChange: percent === '' ? '' : String(Number(`${percent}e-2`)),
      };
      const choice = capUpdateOf(typed);
      if ('why' in choice) return set({ rejected: { at: CAP_BOX, text: '', why: choice.why } });
      set({
        capUpdate: choice,
        rejected: undefined,
        linkProblems: [],
        said: 'Playing the update of the cap',
      });
      write('new');
    },
    'leave-cap-update': () => {
      set({ capUpdate: undefined, rejected: undefined, said: 'No update of a cap' });
      write('new');
    },
  };
}
