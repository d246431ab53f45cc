import { answerOf, withAnswer } from '../../frame/asked.ts';
import type { Section } from '../../frame/page.ts';
import { underWay } from '../sweep-run/under-way.ts';
import { madeIdOf, reportRun } from './asked.ts';
import { cancelReport } from './load.ts';
import { reportRunPanel } from './panel.ts';

/** How far the making in the path is, and what came of it. */
export const reportRunSection: Section = {
  key: 'report-run',
  asks: [reportRun],
  view: reportRunPanel,
  actions: (frame) => ({
    'cancel-report': () => {
      const { get, set } = frame;
      const id = madeIdOf(get());
      if (id === undefined) return;
      underWay(frame, { field: 'reportDoing', what: 'cancel' }, async (signal) => {
        const run = await cancelReport(id, signal);
        const loaded = answerOf(get(), reportRun);
        if (loaded.value?.id !== id) return;
        const taken = { ...loaded, value: run };
        set({ ...withAnswer(get(), reportRun, taken), said: `The report is ${run.state}` });
      });
    },
  }),
};
