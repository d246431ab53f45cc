import { carriedBy } from './carried.ts';
import { openingState, type State } from './state.ts';

/** The one place that changes: a state, a redraw at the next frame after it changed, and those who follow it at once. */
export interface Store {
  readonly get: () => State;
  readonly set: (change: Partial<State>) => void;
}

export interface WatchedStore extends Store {
  readonly watch: (follow: () => void) => void;
  /** Draws what was set since the last drawing now: before the window is painted. */
  readonly drawNow: () => void;
}

/** `clock` gives unix seconds. */
export function store(clock: () => number, draw: (state: State) => void): WatchedStore {
  let state = openingState(clock());
  let isPlanned = false;
  const followers: (() => void)[] = [];
  const redraw = (): void => {
    if (!isPlanned) return;
    isPlanned = false;
    draw(state);
  };
  return {
    get: () => state,
    set(change) {
      const isSame = Object.entries(change).every(([name, value]) => state[name as keyof State] === value);
      if (isSame) return;
      const changed = { ...state, ...change, now: clock() };
      state = { ...changed, carried: carriedBy(changed) };
      for (const follow of followers) follow();
      if (isPlanned) return;
      isPlanned = true;
      // A hidden tab gets no frames; it must not keep its promises for later all at once either.
      if (document.visibilityState === 'visible') requestAnimationFrame(redraw);
      else setTimeout(redraw, 1_000);
    },
    watch: (follow) => void followers.push(follow),
    drawNow() {
      if (isPlanned) redraw();
    },
  };
}
