import { answerOf, withAnswer, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { followSweep } from './follow.ts';
import { loadSweep, type Sweep } from './load.ts';

/** The id of the sweep in the path; undefined where there is none. */
export const sweepIdOf = ({ at }: Pick<State, 'at'>): string | undefined =>
  at.page === 'sweep' ? at.parts['id'] : undefined;

/** The sweep in the path: its block is its own, and once it is over it is what it is. While it runs its progress is followed. */
export const sweep: Asked<Sweep> = {
  ...{ key: 'sweep', followsBlock: false, everySeconds: 30, forgets: true },
  isAsked: (state) => sweepIdOf(state) !== undefined,
  about: (state) => sweepIdOf(state) ?? '',
  async load(state, signal) {
    const { value } = answerOf(state, sweep);
    const id = sweepIdOf(state) ?? '';
    // What is done stays as it is, and its plan may be long.
    return value?.id === id && value.state === 'done' ? value : loadSweep(id, signal);
  },
  then({ value }, frame) {
    const { get, set } = frame;
    if (value?.state !== 'running') return;
    followSweep(value.id, {
      isWanted: () => sweepIdOf(get()) === value.id,
      hear: (progress) => {
        const loaded = answerOf(get(), sweep);
        if (loaded.value?.id !== progress.id) return;
        set(withAnswer(get(), sweep, { ...loaded, value: { ...loaded.value, ...progress } }));
      },
      // What came of it is asked once, and not with each step.
      over: async (signal) => {
        const whole = await loadSweep(value.id, signal);
        const loaded = answerOf(get(), sweep);
        if (loaded.value?.id !== whole.id) return;
        const said = whole.state === 'done' ? 'The sweep is done' : `The sweep is ${whole.state}`;
        const known = { ...loaded, value: whole };
        set({ ...withAnswer(get(), sweep, known), said });
        // Somebody may have gone on with it meanwhile.
        sweep.then?.(known, frame);
      },
    });
  },
};
