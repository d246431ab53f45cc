import type { Place } from './place.ts';

/** What is known of one question: the last answer, and what went wrong since. */
export interface Loaded<Value> {
  /** The last answer; kept while newer ones fail. */
  readonly value: Value | undefined;
  /** When it arrived, unix seconds. */
  readonly at: number | undefined;
  /** Where the last answer was asked; undefined for what has no block, and for the newest before any head is known. */
  readonly asked?: Place | undefined;
  /** Set on the way to the page, when the screen has gone on: the block of the answer, and the one that is read. */
  readonly behind?: { readonly stands: number | undefined; readonly reads: number };
  /** Why there is no newer answer. */
  readonly problem: Problem | undefined;
  /** True while a question whose answer nobody has seen yet is under way. */
  readonly isOpening: boolean;
}

export interface Problem {
  /**
   * `down`: nobody answered; `refused`: the API will not answer this; `link`: what the link asks could not be read, so that
   * nothing was asked; `told`: the message says where on the page it is told.
   */
  readonly kind: 'down' | 'refused' | 'link' | 'told';
  readonly message: string;
}

export const nothingLoaded: Loaded<never> = {
  value: undefined,
  at: undefined,
  problem: undefined,
  isOpening: true,
};
