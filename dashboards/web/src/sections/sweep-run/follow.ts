import { follow } from '../../graph/follow.ts';
import { SWEEP_PROGRESS, type SweepProgress } from './load.ts';

interface Follower {
  /** False once somebody looks at something else. */
  readonly isWanted: () => boolean;
  readonly hear: (progress: SweepProgress) => void;
  /** It does not run any more. */
  readonly over: (signal: AbortSignal) => Promise<void>;
}

/** Those that are followed: an answer that comes again follows nothing twice. */
const followed = new Set<string>();

/** Follows a sweep until it is over, or nobody looks at it any more. When the connection is lost, the next answer follows it again. */
export function followSweep(id: string, { isWanted, hear, over }: Follower): void {
  if (followed.has(id)) return;
  followed.add(id);
  let last: SweepProgress | undefined;
  const stop = follow<SweepProgress>(
    SWEEP_PROGRESS,
    { id },
    {
      hear: (progress) => {
        if (!isWanted()) return stop();
        last = progress;
        if (progress.state === 'running') hear(progress);
      },
      end: () => {
        followed.delete(id);
        if (!isWanted() || last === undefined || last.state === 'running') return;
        // Where it cannot be asked now, it is with the next news of the chain.
        over(new AbortController().signal).catch(() => undefined);
      },
    },
  );
}
