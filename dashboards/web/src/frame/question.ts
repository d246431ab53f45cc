import { ApiDown, QueryRefused } from '../graph/ask.ts';
import { nothingLoaded, type Loaded } from './loaded.ts';
import type { Place } from './place.ts';

/** Least time between two tries of the same question: heads may come faster than anyone can read. */
const CALM_MS = 2_000;
const LONGEST_WAIT_MS = 15_000;

/** One question that the page keeps asking. */
export interface Question {
  /** The answer may have changed: ask again, now or as soon as calm allows. */
  refresh(): void;
  /** As `refresh`, but without calm: for a question that follows another, which is calm already. */
  follow(): void;
  /** The question itself has changed: drop what is under way, and the answer before where it is of no use now, and ask. */
  restart(forget?: boolean): void;
  /** Nobody looks at the answer any more. True when one was still to come. */
  stop(): boolean;
}

/**
 * Keeps one answer current; `place` is where it is asked at that moment, kept with the answer. Never asks twice at once; after a silent API it tries again by itself with growing waits.
 * A restart forgets the old answer's problem but keeps its value on screen until the new one is here.
 */
export function question<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
  show: (loaded: Loaded<Value>) => void,
  place: () => Place | undefined = () => undefined,
): Question {
  let loaded: Loaded<Value> = nothingLoaded;
  let flight: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  let startedAt = -Infinity;
  let failures = 0;

  const set = (next: Loaded<Value>): void => show((loaded = next));

  const plan = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void fly(), Math.max(0, milliseconds));
  };

  const fly = async (): Promise<void> => {
    const mine = (flight = new AbortController());
    isWanted = false;
    startedAt = performance.now();
    const asked = place();
    try {
      const value = await load(mine.signal);
      if (flight !== mine) return;
      failures = 0;
      set({ value, at: Date.now() / 1000, asked, problem: undefined, isOpening: false });
    } catch (cause) {
      if (flight !== mine) return;
      failures += 1;
      const message = cause instanceof Error ? cause.message : String(cause);
      const kind = cause instanceof QueryRefused ? 'refused' : 'down';
      set({ ...loaded, problem: { kind, message }, isOpening: false });
      if (!(cause instanceof ApiDown || cause instanceof QueryRefused)) throw cause;
    } finally {
      if (flight === mine) {
        flight = undefined;
        if (loaded.problem?.kind === 'down')
          plan(Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(failures - 1, 5)));
        // A refusal may be of the moment: a store that is not ready yet.
        else if (loaded.problem) plan(LONGEST_WAIT_MS);
        else if (isWanted) plan(startedAt + CALM_MS - performance.now());
      }
    }
  };

  return {
    refresh() {
      isWanted = true;
      if (!flight) plan(startedAt + CALM_MS - performance.now());
    },
    follow() {
      isWanted = true;
      if (!flight) plan(0);
    },
    restart(forget = false) {
      flight?.abort(new DOMException('another question was asked', 'AbortError'));
      flight = undefined;
      set(forget ? nothingLoaded : { ...loaded, problem: undefined, isOpening: true });
      plan(0);
    },
    stop() {
      const isOwed = flight !== undefined || isWanted || loaded.isOpening || loaded.problem !== undefined;
      clearTimeout(timer);
      flight?.abort(new DOMException('nobody looks at it any more', 'AbortError'));
      flight = undefined;
      isWanted = false;
      return isOwed;
    },
  };
}
