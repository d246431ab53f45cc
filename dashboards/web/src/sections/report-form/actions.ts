import type { ActionTable } from '../../frame/action-table.ts';
import { addressOf } from '../../frame/carried.ts';
import type { Frame } from '../../frame/frame.ts';
import { ADVICE_TEXTS, type AdviceTexts } from '../advice-form/choice.ts';
import { underWay } from '../sweep-run/under-way.ts';
import { REPORT_KINDS } from './choice.ts';
import { inputOf } from './input.ts';
import { startReport } from './load.ts';

/** What the form says when it was not taken. */
export const REPORT_BOX = 'what a report is of';

/** Choosing what a report is of, and making it. */
export function reportFormActions(frame: Frame): ActionTable {
  const { get, set, write, go } = frame;
  return {
    'choose-report': (form) => {
      if (!(form instanceof HTMLFormElement)) return;
      const fields = new FormData(form);
      const { reports, advice } = get();
      const kind = REPORT_KINDS.find((one) => one === fields.get('report')) ?? reports.kind;
      const texts = Object.fromEntries(
        ADVICE_TEXTS.map((name) => [name, String(fields.get(name) ?? advice.texts[name]).trim()]),
      ) as AdviceTexts;
      set({
        reports: { ...reports, kind, sweep: String(fields.get('of') ?? reports.sweep) },
        advice: { ...advice, texts },
        ...{ rejected: undefined, linkProblems: [], reportDoing: undefined },
      });
      write('same');
    },
    'start-report': () => {
      const state = get();
      const asked = inputOf(state);
      if ('why' in asked) return set({ rejected: { at: REPORT_BOX, text: '', why: asked.why } });
      set({ rejected: undefined });
      underWay(frame, { field: 'reportDoing', what: 'start' }, async (signal) => {
        const variables = { kind: state.reports.kind, input: asked.input, block: state.pinned ?? null };
        const id = await startReport(variables, signal);
        const path = `/reports/${encodeURIComponent(id)}`;
        set({ said: 'The report is being made' });
        go(addressOf({ ...get(), at: { ...get().at, path } }));
      });
    },
  };
}
