import { isSamePlace, type Place } from './place.ts';
import { newestHead } from './newest-head.ts';
import type { Loaded } from './loaded.ts';
import type { Store } from './store.ts';

/** Least time between two heads of the screen: blocks may come faster than anyone can read. */
const CALM_MS = 2_000;
/** So long the whole screen waits for its slowest section before it goes on without it. */
const LONGEST_MS = 30_000;

/** Takes the screen from head to head. */
export interface Rounds {
  /** A newer head may be known, or a section may have followed: goes on where it may. */
  look(): void;
}

/**
 * One screen, one head: all on screen that has a block is asked at one, and only when all of it has answered does the screen go
 * to the newest that is known by then. A section that takes very long is left behind, and marked.
 *
 * @param members what is known of all that is asked at the block of the screen.
 */
export function rounds(store: Store, members: () => readonly Loaded<unknown>[]): Rounds {
  const { get, set } = store;
  let startedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hasFollowed = ({ problem, asked }: Loaded<unknown>, place: Place): boolean =>
    problem !== undefined || isSamePlace(asked, place);
  const look = (): void => {
    clearTimeout(timer);
    const { pinned, screen } = get();
    const head = newestHead(get());
    if (pinned !== undefined || !head) return;
    const place = { block: head.block, hash: head.hash };
    if (isSamePlace(screen, place)) return;
    const age = performance.now() - startedAt;
    const isOver = screen === undefined || members().every((member) => hasFollowed(member, screen));
    if (screen !== undefined && age < (isOver ? CALM_MS : LONGEST_MS)) {
      timer = setTimeout(look, (isOver ? CALM_MS : LONGEST_MS) - age);
      return;
    }
    startedAt = performance.now();
    set({ screen: place });
  };
  return { look };
}
