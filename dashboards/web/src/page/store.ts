import { openingState, type State } from './state.ts';

/** The one place that changes: a state, and a redraw at the next frame after it changed. */
export interface Store {
  readonly get: () => State;
  readonly set: (change: Partial<State>) => void;
}

export function store(now: number, draw: (state: State) => void): Store {
  let state = openingState(now);
  let isPlanned = false;
  const redraw = (): void => {
    isPlanned = false;
    draw(state);
  };
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      if (isPlanned) return;
      isPlanned = true;
      // A hidden tab gets no frames; it must not keep its promises for later all at once either.
      if (document.visibilityState === 'visible') requestAnimationFrame(redraw);
      else setTimeout(redraw, 1_000);
    },
  };
}
