import type { ActionTable } from '../../frame/action-table.ts';
import { addressOf } from '../../frame/carried.ts';
import type { Frame } from '../../frame/frame.ts';
import { underWay } from '../sweep-run/under-way.ts';
import { ADVICE_TEXTS, type AdviceTexts } from './choice.ts';
import { startAdvice } from './load.ts';
import { questionOf } from './question.ts';

/** What the form says when it was not taken. */
export const ADVICE_BOX = 'question of an advice';

/** Choosing what is asked, and asking it. */
export function formActions(frame: Frame): ActionTable {
  const { get, set, write, go } = frame;
  return {
    'choose-advice': (form) => {
      if (!(form instanceof HTMLFormElement)) return;
      const fields = new FormData(form);
      const { advice } = get();
      const texts = Object.fromEntries(
        ADVICE_TEXTS.map((name) => [name, String(fields.get(name) ?? advice.texts[name]).trim()]),
      ) as AdviceTexts;
      const question = questionOf(texts);
      if ('why' in question) return set({ rejected: { at: ADVICE_BOX, text: '', why: question.why } });
      set({ advice: { ...advice, texts }, rejected: undefined, linkProblems: [], adviceDoing: undefined });
      write('same');
    },
    'start-advice': () => {
      const { advice, rejected, pinned } = get();
      if (rejected?.at === ADVICE_BOX) return;
      const question = questionOf(advice.texts);
      // An address may say what the form would not take.
      if ('why' in question) return set({ rejected: { at: ADVICE_BOX, text: '', why: question.why } });
      underWay(frame, { field: 'adviceDoing', what: 'start' }, async (signal) => {
        const id = await startAdvice({ ...question, block: pinned ?? null }, signal);
        const path = `/advice/${encodeURIComponent(id)}`;
        set({ said: 'The advices are started' });
        go(addressOf({ ...get(), at: { ...get().at, path } }));
      });
    },
  };
}
