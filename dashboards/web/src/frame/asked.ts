import type { Frame } from './frame.ts';
import { nothingLoaded, type Loaded } from './loaded.ts';
import { placeOf } from './place-of.ts';
import type { State } from './state.ts';

/** One thing that the page asks the API, for as long as a section on screen needs it. */
export interface Asked<Value> {
  /** What its answer is kept under, in `State.answers`. */
  readonly key: string;
  /** Whether it is asked at the block of the screen; what has no block is live. */
  readonly followsBlock: boolean;
  /** Least time between two questions because of news, for what changes more slowly than blocks come. */
  readonly everySeconds?: number;
  /** An answer about something else is not shown while the new one is on its way: one address is not another. */
  readonly forgets?: boolean;
  /** What it is refused for is told by another section too, so that no banner tells it. */
  readonly isToldBeside?: boolean;
  /** Whether there is something to ask; always, where it is left out. */
  isAsked?(state: State): boolean;
  /** What it is about besides the block: when that is another, the answer under way is dropped and it is asked anew. */
  about?(state: State): string;
  load(state: State, signal: AbortSignal): Promise<Value>;
  /** What follows from an answer, or from a failure. */
  then?(loaded: Loaded<Value>, frame: Frame): void;
}

/** What is known of what is asked. */
export function answerOf<Value>({ answers }: Pick<State, 'answers'>, { key }: Asked<Value>): Loaded<Value> {
  // What is kept under a key is what was loaded by the one that has the key.
  return (answers[key] as Loaded<Value> | undefined) ?? nothingLoaded;
}

/** The answers with another one of what is asked: a change of the state. */
export function withAnswer<Value>(
  { answers }: Pick<State, 'answers'>,
  { key }: Asked<Value>,
  loaded: Loaded<Value>,
): Pick<State, 'answers'> {
  return { answers: { ...answers, [key]: loaded } };
}

/** The block that a question of the screen is asked at; undefined asks for the newest. */
export const blockOf = (state: Pick<State, 'pinned' | 'screen'>): number | undefined => placeOf(state)?.block;
