import type { ActionTable } from '../../frame/action-table.ts';
import { answerOf, withAnswer } from '../../frame/asked.ts';
import type { Frame } from '../../frame/frame.ts';
import { sweep, sweepIdOf } from './asked.ts';
import type { Doing } from './doing.ts';
import { cancelSweep, resumeSweep, type SweepProgress } from './load.ts';
import { underWay } from './under-way.ts';

/** Ending the sweep in the path, and going on with it. */
export function runActions(frame: Frame): ActionTable {
  const { get, set } = frame;
  const take = (progress: SweepProgress): void => {
    const loaded = answerOf(get(), sweep);
    if (loaded.value?.id !== progress.id) return;
    const taken = { ...loaded, value: { ...loaded.value, ...progress } };
    set({ ...withAnswer(get(), sweep, taken), said: `The sweep is ${progress.state}` });
    // What runs is followed.
    sweep.then?.(taken, frame);
  };
  const act = (what: Doing['what'], ask: typeof cancelSweep) => () => {
    const id = sweepIdOf(get());
    if (id !== undefined) doSweep(frame, what, async (signal) => take(await ask(id, signal)));
  };
  return { 'cancel-sweep': act('cancel', cancelSweep), 'resume-sweep': act('resume', resumeSweep) };
}

/** Does one thing with a sweep; while it is under way, and where it could not be done, the state says so. */
export const doSweep = (
  frame: Frame,
  what: Doing['what'],
  work: (signal: AbortSignal) => Promise<void>,
): void => underWay(frame, { field: 'sweepDoing', what }, work);
