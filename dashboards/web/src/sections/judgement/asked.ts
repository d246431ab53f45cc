import { blockOf, type Asked } from '../../frame/asked.ts';
import { askedByTexts } from '../advice-form/question.ts';
import { loadJudgement, type Judgement } from './load.ts';

/** What the change in the address comes to, under what the form tolerates. It takes as long as an advice: it is asked anew only when it is another. */
export const judgement: Asked<Judgement> = {
  ...{ key: 'judgement', followsBlock: false, everySeconds: 86_400, forgets: true },
  isAsked: ({ at, advice }) =>
    at.page === 'advice' && advice.judged !== undefined && !('why' in askedByTexts(advice.texts)),
  about: ({ advice: { judged, texts }, pinned }) => JSON.stringify([judged, askedByTexts(texts), pinned]),
  load(state, signal) {
    const { judged, texts } = state.advice;
    const asked = askedByTexts(texts);
    if (judged === undefined || 'why' in asked) throw new Error('bug: a change is judged that nobody typed');
    return loadJudgement({ ...asked, overrides: [judged], block: blockOf(state) ?? null }, signal);
  },
};
