/** What is known of one question: the last answer, and what went wrong since. */
export interface Loaded<Value> {
  /** The last answer; kept while newer ones fail. */
  readonly value: Value | undefined;
  /** When it arrived, unix seconds. */
  readonly at: number | undefined;
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
