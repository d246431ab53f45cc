import { followedRun } from '../../frame/followed-run.ts';
import type { State } from '../../frame/state.ts';
import { loadReportRun, type ReportRun } from './load.ts';

/** The id of the making in the path; undefined where there is none. */
export const madeIdOf = ({ at }: Pick<State, 'at'>): string | undefined =>
  at.page === 'reports' ? at.parts['id'] : undefined;

/** The making in the path. */
export const reportRun = followedRun<ReportRun>({
  ...{ key: 'reportRun', idOf: madeIdOf, load: loadReportRun },
  ...{ pollMs: 500, said: 'The report is' },
});
