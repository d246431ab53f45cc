import { answerOf, withAnswer, type Asked } from '../../frame/asked.ts';
import type { Frame } from '../../frame/frame.ts';
import type { State } from '../../frame/state.ts';
import { loadReportRun, type ReportRun } from './load.ts';

/** The id of the making in the path; undefined where there is none. */
export const madeIdOf = ({ at }: Pick<State, 'at'>): string | undefined =>
  at.page === 'reports' ? at.parts['id'] : undefined;

/** Between two questions how far it is. */
const POLL_MS = 500;

/** Those that are asked after, so that an answer that comes again asks nothing twice. */
const followed = new Set<string>();

/** The making in the path: while it is under way it is asked again twice a second, and once it is over it is what it is. */
export const reportRun: Asked<ReportRun> = {
  ...{ key: 'reportRun', followsBlock: false, everySeconds: 30, forgets: true },
  isAsked: (state) => madeIdOf(state) !== undefined,
  about: (state) => madeIdOf(state) ?? '',
  async load(state, signal) {
    const { value } = answerOf(state, reportRun);
    const id = madeIdOf(state) ?? '';
    return value?.id === id && value.state === 'done' ? value : loadReportRun(id, signal);
  },
  then({ value }, frame) {
    if (value?.state === 'running') follow(value.id, frame);
  },
};

function follow(id: string, frame: Frame): void {
  if (followed.has(id)) return;
  followed.add(id);
  const { get, set } = frame;
  const look = async (): Promise<void> => {
    followed.delete(id);
    if (madeIdOf(get()) !== id) return;
    const run = await loadReportRun(id, new AbortController().signal);
    const loaded = answerOf(get(), reportRun);
    // Somebody may have cancelled it meanwhile, or looks at another.
    if (loaded.value?.id !== id || loaded.value.state !== 'running') return;
    const known = { ...loaded, value: run };
    const said = run.state === 'running' ? get().said : `The report is ${run.state}`;
    set({ ...withAnswer(get(), reportRun, known), said });
    reportRun.then?.(known, frame);
  };
  // Where it cannot be asked now, it is with the next news of the chain.
  setTimeout(() => void look().catch(() => undefined), POLL_MS);
}
