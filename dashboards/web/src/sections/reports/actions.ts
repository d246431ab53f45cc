import type { ActionTable } from '../../frame/action-table.ts';
import type { Frame } from '../../frame/frame.ts';
import { withCompared } from '../report-form/choice.ts';

/** Looking for reports, and marking those that are to be compared. */
export function reportsActions({ get, set, write }: Frame): ActionTable {
  return {
    'look-for-reports': (form) => {
      if (!(form instanceof HTMLFormElement)) return;
      const fields = new FormData(form);
      const text = (name: string) => String(fields.get(name) ?? '').trim();
      const looked = { kind: text('about'), venue: text('concerning'), text: text('find') };
      set({ reports: { ...get().reports, looked }, linkProblems: [] });
      write('same');
    },
    'mark-report': ({ dataset }) => {
      const { reports } = get();
      const compared = withCompared(reports.compared, dataset['report'] ?? '');
      const said = `${compared.length === 1 ? 'One report is' : `${compared.length} reports are`} marked`;
      set({ reports: { ...reports, compared }, said });
      write('same');
    },
  };
}
