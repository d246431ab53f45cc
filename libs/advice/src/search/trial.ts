import type { Book } from '@undertow/book';
import { openEngine, type Engine, type Outcome, type Scenario } from '@undertow/cascade';
import { tailWeights } from '@undertow/sweep';

/** A book that is tried out, in the scenarios that are asked for: each is run once. */
export class Trial {
  /** By scenario; 0 where it was not run. */
  readonly lossUsd: Float64Array;
  readonly #bookOf: () => Book;
  readonly #scenarios: readonly Scenario[];
  readonly #measured: (outcome: Outcome) => number;
  readonly #isRun: Uint8Array;
  #engine: Engine | undefined;

  /** @param book or what makes it, where it may be that no scenario has to be run. */
  constructor(book: Book | (() => Book), { scenarios, measured, ready }: TrialOf) {
    this.#bookOf = typeof book === 'function' ? book : () => book;
    this.#scenarios = scenarios;
    this.#measured = measured;
    this.#isRun = ready ? ready.isReady.slice() : new Uint8Array(scenarios.length);
    this.lossUsd = new Float64Array(scenarios.length);
    for (const index of this.#isRun.keys())
      if (this.#isRun[index] === 1) this.lossUsd[index] = ready!.lossUsd[index]!;
  }

  /** How many scenarios were run. */
  get done(): number {
    return this.#isRun.reduce((sum, one) => sum + one, 0);
  }

  /** Indices of the scenarios that were run, rising. */
  ran(): number[] {
    return [...this.#isRun.keys()].filter((index) => this.#isRun[index] === 1);
  }

  run(indices: Iterable<number>): this {
    const left = [...indices].filter((index) => this.#isRun[index] === 0);
    if (left.length === 0) return this;
    this.#engine ??= openEngine(this.#bookOf(), { kind: 'fast' });
    this.#engine.run(
      left.map((index) => this.#scenarios[index]!),
      (outcome, at) => {
        this.lossUsd[left[at]!] = this.#measured(outcome);
        this.#isRun[left[at]!] = 1;
      },
    );
    return this;
  }

  /** Lets the engine go, which holds as much as the book; it is opened again when something is to be run. */
  close(): void {
    this.#engine = undefined;
  }
}

/** Losses by scenario, of which so many were run; the rest count as 0. */
export interface RunLosses {
  readonly lossUsd: Float64Array;
  readonly done: number;
}

export interface TrialOf {
  readonly scenarios: readonly Scenario[];
  /** What is lost in an outcome, USD, at least 0. */
  readonly measured: (outcome: Outcome) => number;
  /** Losses that are known already, by scenario, and in which (1) they are. */
  readonly ready?: { readonly lossUsd: Float64Array; readonly isReady: Uint8Array } | undefined;
}

/** Losses that are known in all scenarios. */
export const allReady = (lossUsd: Float64Array): TrialOf['ready'] => ({
  lossUsd,
  isReady: new Uint8Array(lossUsd.length).fill(1),
});

/**
 * Expected shortfall of losses by scenario. Where some were not run and count as 0 it is a lower bound of the whole: losses are never
 * negative, and the mean of the worst share of a sample never falls when a value of it rises.
 */
export function shortfallOf(lossUsd: Float64Array, level: number): number {
  const weights = tailWeights(lossUsd, level);
  let sum = 0;
  for (const [index, weight] of weights.entries()) sum += weight * lossUsd[index]!;
  return sum;
}

/** Indices of the largest losses, largest first, then the lowest index. */
export const worstOf = (lossUsd: Float64Array, count: number): number[] =>
  [...lossUsd.keys()].sort((a, b) => lossUsd[b]! - lossUsd[a]! || a - b).slice(0, count);
