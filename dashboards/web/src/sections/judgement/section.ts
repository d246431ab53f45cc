import type { Section } from '../../frame/page.ts';
import { judgement } from './asked.ts';
import { JUDGE_BOX, judgementPanel } from './panel.ts';

/** A change that somebody types, judged. */
export const judgementSection: Section = {
  key: 'judgement',
  asks: [judgement],
  view: judgementPanel,
  actions: ({ get, set, write }) => ({
    'judge-change': (form) => {
      if (!(form instanceof HTMLFormElement)) return;
      const text = String(new FormData(form).get('judge') ?? '').trim();
      if (text !== '' && !/\S\s*=\s*\S/.test(text))
        return set({
          rejected: {
            at: JUDGE_BOX,
            text,
            why: 'a change of terms must look like aave-v3@devnet WETH liquidationThreshold=0.8.',
          },
        });
      set({ advice: { ...get().advice, judged: text || undefined }, rejected: undefined, linkProblems: [] });
      write('new');
    },
  }),
};
