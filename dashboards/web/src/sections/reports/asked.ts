import { answerOf, type Asked } from '../../frame/asked.ts';
import { madeIdOf, reportRun } from '../report-run/asked.ts';
import { loadReports, type KeptReports } from './load.ts';

/** Reports that are looked for: live, and anew when the one on screen is another or stands otherwise. */
export const reports: Asked<KeptReports> = {
  ...{ key: 'reports', followsBlock: false, everySeconds: 30 },
  about: (state) =>
    JSON.stringify([state.reports.looked, madeIdOf(state), answerOf(state, reportRun).value?.state]),
  load: (state, signal) => loadReports(state.reports.looked, signal),
};
