/** How long silence may last, and how old the newest block may be. */
export interface FreshnessLimits {
  /** Without a word from the indexer, which says at least every few seconds that it has looked at the chain; 0 = for ever. */
  readonly silentMs: number;
  /** Of the newest block, by this machine's clock; 0 = any age, for a chain with a clock of its own. */
  readonly blockSeconds: number;
}

/** Whether what is stored is what the chain says now: an indexer that hangs, or one whose chain does, moves nothing and fails nothing. */
export class Freshness {
  readonly #limits: FreshnessLimits;
  readonly #nowMs: () => number;
  #heardMs: number;

  /** @param nowMs milliseconds since 1970. */
  constructor(limits: FreshnessLimits, nowMs: () => number = Date.now) {
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#heardMs = nowMs();
  }

  /** The indexer has looked at the chain. */
  hear(): void {
    this.#heardMs = this.#nowMs();
  }

  /** Why what is stored may be old, given the time of the newest block (unix seconds); undefined while it is not. */
  problem(newestTime: number | undefined): string | undefined {
    const { silentMs, blockSeconds } = this.#limits;
    const silent = this.#nowMs() - this.#heardMs;
    if (silentMs > 0 && silent >= silentMs)
      return (
        `Nothing new is known: the indexer has not heard from the chain for ${Math.floor(silent / 1_000)} seconds. ` +
        'What is shown is how things were then. Does the indexer run, and do its endpoints answer?'
      );
    const age = newestTime === undefined ? 0 : this.#nowMs() / 1_000 - newestTime;
    if (blockSeconds > 0 && age >= blockSeconds)
      return (
        `The newest block is ${Math.floor(age / 60)} minutes old: either the chain is still being read, or its endpoints do not ` +
        'serve its newest blocks. What is shown is how things were then.'
      );
    return undefined;
  }
}
