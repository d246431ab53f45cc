import { answerOf, withAnswer, type Asked } from './asked.ts';
import type { Frame } from './frame.ts';
import type { State } from './state.ts';

/** What a run of the server must say of itself to be followed. */
interface Run {
  readonly id: string;
  readonly state: string;
}

/** Which run is followed, and how. */
export interface Followed<R extends Run> {
  readonly key: Asked<R>['key'];
  /** The id of the run in the path; undefined where there is none. */
  readonly idOf: (state: State) => string | undefined;
  readonly load: (id: string, signal: AbortSignal) => Promise<R>;
  /** Between two questions how far it is. */
  readonly pollMs: number;
  /** Begins what is said when it is over, such as "The report is". */
  readonly said: string;
}

/** The run in the path: while it is under way it is asked again and again, and once it is done it is what it is. */
export function followedRun<R extends Run>({ key, idOf, load, pollMs, said }: Followed<R>): Asked<R> {
  /** Those that are asked after, so that an answer that comes again asks nothing twice. */
  const followed = new Set<string>();

  const asked: Asked<R> = {
    ...{ key, followsBlock: false, everySeconds: 30, forgets: true },
    isAsked: (state) => idOf(state) !== undefined,
    about: (state) => idOf(state) ?? '',
    async load(state, signal) {
      const { value } = answerOf(state, asked);
      const id = idOf(state) ?? '';
      return value?.id === id && value.state === 'done' ? value : load(id, signal);
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
      if (idOf(get()) !== id) return;
      const run = await load(id, new AbortController().signal);
      const loaded = answerOf(get(), asked);
      // Somebody may have cancelled it meanwhile, or looks at another.
      if (loaded.value?.id !== id || loaded.value.state !== 'running') return;
      const known = { ...loaded, value: run };
      const tells = run.state === 'running' ? get().said : `${said} ${run.state}`;
      set({ ...withAnswer(get(), asked, known), said: tells });
      asked.then?.(known, frame);
    };
    // Where it cannot be asked now, it is with the next news of the chain.
    setTimeout(() => void look().catch(() => undefined), pollMs);
  }

  return asked;
}
