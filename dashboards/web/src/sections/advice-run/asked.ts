import { answerOf, withAnswer, type Asked } from '../../frame/asked.ts';
import type { Frame } from '../../frame/frame.ts';
import type { State } from '../../frame/state.ts';
import { loadAdviceRun, loadAdviceRuns, type AdviceRun, type KeptAdviceRun } from './load.ts';

/** The id of the run in the path; undefined where there is none. */
export const runIdOf = ({ at }: Pick<State, 'at'>): string | undefined =>
  at.page === 'advice' ? at.parts['id'] : undefined;

/** Between two questions how far a run is. */
const POLL_MS = 1_000;

/** Those that are asked after, so that an answer that comes again asks nothing twice. */
const followed = new Set<string>();

/** The run in the path: while it is under way it is asked again every second, and once it is over it is what it is. */
export const adviceRun: Asked<AdviceRun> = {
  ...{ key: 'adviceRun', followsBlock: false, everySeconds: 30, forgets: true },
  isAsked: (state) => runIdOf(state) !== undefined,
  about: (state) => runIdOf(state) ?? '',
  async load(state, signal) {
    const { value } = answerOf(state, adviceRun);
    const id = runIdOf(state) ?? '';
    return value?.id === id && value.state === 'done' ? value : loadAdviceRun(id, signal);
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
    if (runIdOf(get()) !== id) return;
    const run = await loadAdviceRun(id, new AbortController().signal);
    const loaded = answerOf(get(), adviceRun);
    // Somebody may have cancelled it meanwhile, or looks at another.
    if (loaded.value?.id !== id || loaded.value.state !== 'running') return;
    const known = { ...loaded, value: run };
    const said = run.state === 'running' ? get().said : `The advices are ${run.state}`;
    set({ ...withAnswer(get(), adviceRun, known), said });
    adviceRun.then?.(known, frame);
  };
  // Where it cannot be asked now, it is with the next news of the chain.
  setTimeout(() => void look().catch(() => undefined), POLL_MS);
}

/** Runs that were begun last: live, and anew when the one on screen is another or stands otherwise. */
export const adviceRuns: Asked<readonly KeptAdviceRun[]> = {
  ...{ key: 'adviceRuns', followsBlock: false, everySeconds: 60 },
  about: (state) => `${runIdOf(state) ?? ''} ${answerOf(state, adviceRun).value?.state ?? ''}`,
  load: (_state, signal) => loadAdviceRuns(signal),
};
