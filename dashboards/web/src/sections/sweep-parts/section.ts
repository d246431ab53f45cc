import type { Section } from '../../frame/page.ts';
import { PARTS } from '../sweep-plan/sweep-choice.ts';
import { sweep } from '../sweep-run/asked.ts';
import { partsPanel } from './panel.ts';

/** Where it is lost. */
export const partsSection: Section = {
  key: 'sweep-parts',
  asks: [sweep],
  view: partsPanel,
  actions: ({ get, set, write }) => ({
    'sweep-part': ({ dataset }) => {
      const part = PARTS.find((one) => one === dataset['part']);
      if (part === undefined) return;
      set({ sweep: { ...get().sweep, part } });
      write('same');
    },
  }),
};
