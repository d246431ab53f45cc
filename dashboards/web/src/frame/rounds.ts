import { isSamePlace, type Place } from './place.ts';
import { newestHead } from './place-of.ts';
import type { Question } from './question.ts';
import type { Loaded } from './loaded.ts';
import type { Store } from './store.ts';

/** Least time between two heads of the screen: blocks may come faster than anyone can read. */
const CALM_MS = 2_000;
/** So long the whole screen waits for its slowest part before it goes on without it. */
const LONGEST_MS = 30_000;

/** A question that belongs to the screen, with what is known of it. */
export interface Member {
  readonly one: Question;
  readonly loaded: () => Loaded<unknown>;
}

/** Takes the screen from head to head. */
export interface Rounds {
  /** A newer head may be known, or a part may have followed: goes on where it may. */
  look(): void;
  /** Goes to the newest head now, and asks everything there, whatever is under way. */
  restart(): void;
}

/**
 * One screen, one head: all that has a block is asked at one, and only when all of it has answered does the screen go to the
 * newest that is known by then. A part that takes very long is left behind, and marked.
 */
export function rounds(store: Store, members: () => readonly Member[]): Rounds {
  const { get, set } = store;
  let startedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hasFollowed = ({ loaded }: Member, place: Place): boolean => {
    const { problem, asked } = loaded();
    return problem !== undefined || isSamePlace(asked, place);
  };
  const go = (place: Place): void => {
    startedAt = performance.now();
    set({ screen: place });
    for (const { one } of members()) one.follow();
  };
  const look = (): void => {
    clearTimeout(timer);
    const { pinned, screen } = get();
    const head = newestHead(get());
    if (pinned !== undefined || !head) return;
    const place = { block: head.block, hash: head.hash };
    if (isSamePlace(screen, place)) return;
    const age = performance.now() - startedAt;
    const isOver = screen === undefined || members().every((member) => hasFollowed(member, screen));
    if (screen === undefined || age >= (isOver ? CALM_MS : LONGEST_MS)) return go(place);
    timer = setTimeout(look, (isOver ? CALM_MS : LONGEST_MS) - age);
  };
  return {
    look,
    restart() {
      const head = newestHead(get());
      if (get().pinned === undefined && !head) return;
      startedAt = performance.now();
      if (head) set({ screen: { block: head.block, hash: head.hash } });
      for (const { one } of members()) one.restart();
    },
  };
}
