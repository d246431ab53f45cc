import type { Section } from '../../frame/page.ts';
import { FIGURES } from '../sweep-plan/sweep-choice.ts';
import { sweep } from '../sweep-run/asked.ts';
import { lossPanel } from './panel.ts';

/** How much is lost how often. */
export const lossSection: Section = {
  key: 'sweep-loss',
  asks: [sweep],
  view: lossPanel,
  actions: ({ get, set, write }) => ({
    'sweep-figure': ({ dataset }) => {
      const figure = FIGURES.find((one) => one === dataset['figure']);
      if (figure === undefined) return;
      set({ sweep: { ...get().sweep, figure } });
      write('same');
    },
  }),
};
