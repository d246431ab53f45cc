import type { Frame } from '../../frame/frame.ts';
import type { Doing } from './doing.ts';

/** What is done, and where the state says so. */
interface Work {
  readonly field: 'sweepDoing' | 'adviceDoing' | 'reportDoing';
  readonly what: Doing['what'];
}

/** Does one thing with a run on the server; while it is under way, and where it could not be done, the state says so. */
export function underWay(
  { get, set }: Frame,
  { field, what }: Work,
  work: (signal: AbortSignal) => Promise<void>,
): void {
  const doing: Doing = { what, problem: undefined };
  set({ [field]: doing });
  work(new AbortController().signal).then(
    () => {
      if (get()[field] === doing) set({ [field]: undefined });
    },
    (cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      if (get()[field] === doing) set({ [field]: { what, problem } });
    },
  );
}
