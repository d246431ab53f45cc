import { withAnswer, answerOf } from '../../frame/asked.ts';
import type { Section } from '../../frame/page.ts';
import { underWay } from '../sweep-run/under-way.ts';
import { adviceRun, runIdOf } from './asked.ts';
import { cancelAdvice } from './load.ts';
import { runPanel } from './panel.ts';

/** How far the run in the path is, and what came of it. */
export const adviceRunSection: Section = {
  key: 'advice-run',
  asks: [adviceRun],
  view: runPanel,
  actions: (frame) => ({
    'cancel-advice': () => {
      const { get, set } = frame;
      const id = runIdOf(get());
      if (id === undefined) return;
      underWay(frame, { field: 'adviceDoing', what: 'cancel' }, async (signal) => {
        const run = await cancelAdvice(id, signal);
        const loaded = answerOf(get(), adviceRun);
        if (loaded.value?.id !== id) return;
        const taken = { ...loaded, value: run };
        set({ ...withAnswer(get(), adviceRun, taken), said: `The advices are ${run.state}` });
      });
    },
  }),
};
