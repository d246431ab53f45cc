import { answerOf, type Asked } from '../../frame/asked.ts';
import { adviceRun, runIdOf } from '../advice-run/asked.ts';
import { loadAdvices, type ListedAdvice } from './load.ts';

/** The newest advices: live, and anew when the run on screen is another or stands otherwise. */
export const advices: Asked<readonly ListedAdvice[]> = {
  ...{ key: 'advices', followsBlock: false, everySeconds: 60 },
  about: (state) => `${runIdOf(state) ?? ''} ${answerOf(state, adviceRun).value?.state ?? ''}`,
  load: (_state, signal) => loadAdvices(signal),
};
