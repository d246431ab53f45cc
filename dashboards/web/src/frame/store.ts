import { openingState, type State } from './state.ts';

/** The one place that changes: a state, and a redraw at the next frame after it changed. */
export interface Store {
  readonly get: () => State;
  readonly set: (change: Partial<State>) => void;
}

/** `clock` gives unix seconds. */
export function store(clock: () => number, draw: (state: State) => void): Store {
  let state = openingState(clock());
  let isPlanned = false;
  const redraw = (): void => {
    isPlanned = false;
    draw(state);
  };
  return {
    get: () => state,
    set(change) {
      const isSame = Object.entries(change).every(([name, value]) => state[name as keyof State] === value);
      if (isSame) return;
      state = { ...state, ...change, now: clock() };
      if (isPlanned) return;
      isPlanned = true;
      // A hidden tab gets no frames; it must not keep its promises for later all at once either.
      if (document.visibilityState === 'visible') requestAnimationFrame(redraw);
      else setTimeout(redraw, 1_000);
    },
  };
}
