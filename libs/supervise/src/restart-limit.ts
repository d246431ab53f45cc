/** When a program that ended is started again, and when that is given up. */
export interface RestartRules {
  /** Pause before a start that follows a failed one: doubled from the first to the longest. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** Starts in a row that may fail. */
  readonly mostFailed: number;
  /** Starts within a time, whether or not they failed: what ends again and again is not mended by one more. */
  readonly most: number;
  readonly withinMs: number;
}

export const RESTART_RULES: RestartRules = {
  ...{ firstMs: 250, longestMs: 5_000, mostFailed: 8 },
  ...{ most: 30, withinMs: 600_000 },
};

/** Says of one program whether and when it is started again. */
export class RestartLimit {
  readonly #rules: RestartRules;
  #started: number[] = [];
  #failed = 0;

  constructor(rules: RestartRules = RESTART_RULES) {
    this.#rules = rules;
  }

  /** Milliseconds to wait before the next start; undefined when it is not to be started again. `nowMs` never goes back. */
  next(nowMs: number): number | undefined {
    const { firstMs, longestMs, mostFailed, most, withinMs } = this.#rules;
    this.#started = this.#started.filter((at) => nowMs - at < withinMs);
    if (this.#failed >= mostFailed || this.#started.length >= most) return undefined;
    this.#started.push(nowMs);
    return this.#failed === 0 ? 0 : Math.min(longestMs, firstMs * 2 ** (this.#failed - 1));
  }

  /** The start failed: the program did not come up. */
  failed(): void {
    this.#failed++;
  }

  /** The program came up. */
  cameUp(): void {
    this.#failed = 0;
  }
}
