import { answerOf, type Asked } from '../../frame/asked.ts';
import { adviceRun, runIdOf } from '../advice-run/asked.ts';
import { loadOneAdvice, type OneAdvice } from './load.ts';

/** The newest advice on the parameter in the address; null where none is kept. Anew when the run on screen stands otherwise. */
export const oneAdvice: Asked<OneAdvice | null> = {
  ...{ key: 'oneAdvice', followsBlock: false, everySeconds: 60, forgets: true },
  isAsked: ({ at, advice }) => at.page === 'advice' && advice.chosen !== undefined,
  about: (state) =>
    JSON.stringify([state.advice.chosen, runIdOf(state), answerOf(state, adviceRun).value?.state]),
  load({ advice: { chosen } }, signal) {
    if (chosen === undefined) throw new Error('bug: an advice is asked that nobody chose');
    return loadOneAdvice(chosen, signal);
  },
};
