/** What is known of one question: the last answer, and what went wrong since. */
export interface Loaded<Value> {
  /** The last answer; kept while newer ones fail. */
  readonly value: Value | undefined;
  /** When it arrived, unix seconds. */
  readonly at: number | undefined;
  /** Why the newest try gave no answer. */
  readonly problem: { readonly kind: 'down' | 'refused'; readonly message: string } | undefined;
  /** True while a question whose answer nobody has seen yet is under way. */
  readonly isOpening: boolean;
}

export const nothingLoaded: Loaded<never> = {
  value: undefined,
  at: undefined,
  problem: undefined,
  isOpening: true,
};
