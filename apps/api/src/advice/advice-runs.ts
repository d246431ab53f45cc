import type { OnApplicationShutdown } from '@nestjs/common';
import type { AdviceMadeOf } from '@undertow/advice';
import {
  advise,
  backtested,
  sharedBook,
  sharedQuestion,
  type Advised,
  type AdviceQuestion,
  type AdviceWanted,
  type BacktestsOver,
  type EnginePool,
} from '@undertow/engine-pool';
import type { NewAdviceRun, StoredAdviceRun } from '@undertow/store';
import { contentHash } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { adviceNotFoundError, tooManyAdvicesError } from '../errors.ts';
import type { BookAtHead } from '../shown.ts';
import type { AdviceArgs } from './advice-question.ts';
import type { AdviceSource } from './advice-source.ts';
import { advicesMoved } from './advices-moved.ts';
import { keptArgs } from './kept-args.ts';

/** Runs of advices of this process at a time: they take all threads that nobody asks a question of. */
const MOST_RUNS = 2;
/** Runs that were stopped or failed are told of for a while, so many of them. */
const ENDED_KEPT = 20;

export type AdviceRunState = 'running' | 'cancelled' | 'failed' | 'done';

/** How far a run is: scenarios, parameters, then where they are asked dates of backtests, and inputs of what moved. */
export interface AdviceRunProgress {
  readonly stage: 'scenarios' | 'parameters' | 'dates' | 'inputs';
  readonly done: number;
  readonly all: number;
}

/** A run of advices, wherever it stands. */
export interface AdviceRun extends Omit<NewAdviceRun, 'chainId'> {
  readonly state: AdviceRunState;
  readonly reason: string | undefined;
  readonly progress: AdviceRunProgress | undefined;
  readonly endedAt: number | undefined;
}

/** What is asked of a run. */
export interface AdviceStart {
  readonly question: AdviceQuestion;
  readonly wanted: AdviceWanted;
  readonly isScheduled: boolean;
  /** What the question was made of. */
  readonly args: AdviceArgs;
  /** What its advices are backtested over. */
  readonly over: BacktestsOver;
}

/** What runs work with. */
export interface AdviceRunsParts {
  readonly pool: EnginePool;
  readonly source: AdviceSource;
  /** Gets failures of our own, for the log. */
  readonly report: (cause: unknown) => void;
  /** What a kept run was made of, made again, or why it cannot be. */
  readonly remade: (run: StoredAdviceRun) => Promise<AdviceMadeOf | string>;
}

interface Running {
  run: AdviceRun;
  readonly stop: AbortController;
  readonly over: Promise<void>;
}

/**
 * Runs advices on the pool, at the rank of sweeps. What is under way belongs to this process, and is gone with it; a run that is done
 * is kept. The same question on the same book is the same run.
 */
export class AdviceRuns implements OnApplicationShutdown {
  readonly #parts: AdviceRunsParts;
  readonly #running = new Map<string, Running>();
  readonly #ended = new Map<string, AdviceRun>();

  constructor(parts: AdviceRunsParts) {
    this.#parts = parts;
  }

  async onApplicationShutdown(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort(new Error('the API is being stopped'));
    await Promise.all(running.map(({ over }) => over));
  }

  /** Begins a run; one that is done or under way is given as it is. */
  async start(at: BookAtHead, start: AdviceStart): Promise<AdviceRun> {
    const { book, head } = at;
    const { question, wanted, isScheduled, over, args } = start;
    const inputsHash = contentHash({ book: book.hash, question });
    const past = typeof over.past === 'string' ? over.past : over.past.prices.hash;
    const id = contentHash({ inputsHash, wanted, past, dates: over.dates });
    const known = await this.#known(id);
    if (known && (known.state === 'running' || known.state === 'done')) return known;
    if (this.#running.size >= MOST_RUNS) throw tooManyAdvicesError(MOST_RUNS);
    const run: AdviceRun = {
      id,
      block: head.block,
      blockHash: head.hash,
      bookHash: book.hash,
      inputsHash,
      asked: keptArgs(question.asked, args),
      isScheduled,
      startedAt: Math.floor(Date.now() / 1_000),
      endedAt: undefined,
      state: 'running',
      reason: undefined,
      progress: undefined,
      together: undefined,
      advices: [],
    };
    const stop = new AbortController();
    const running: Running = {
      run,
      stop,
      over: this.#run(id, at, { ...start, signal: stop.signal }),
    };
    this.#running.set(id, running);
    return run;
  }

  /** Ends a run that is under way; nothing of it is kept. */
  async cancel(id: string): Promise<AdviceRun> {
    const running = this.#running.get(id);
    running?.stop.abort(new Error('the advices were cancelled'));
    await running?.over;
    return this.find(id);
  }

  async find(id: string): Promise<AdviceRun> {
    const found = await this.#known(id);
    if (!found) throw adviceNotFoundError(id);
    return found;
  }

  /** What is under way first, then what is kept, the newest first. */
  async list(most: number): Promise<readonly AdviceRun[]> {
    const running = [...this.#running.values()].map(({ run }) => run);
    const kept = await this.#parts.source.runs({ most });
    return [...running, ...kept.map(doneRun)].slice(0, most);
  }

  async #known(id: string): Promise<AdviceRun | undefined> {
    const running = this.#running.get(id);
    if (running) return running.run;
    const [kept] = await this.#parts.source.runs({ id, most: 1 });
    return kept ? doneRun(kept) : this.#ended.get(id);
  }

  async #run(
    id: string,
    at: BookAtHead,
    asked: AdviceStart & { readonly signal: AbortSignal },
  ): Promise<void> {
    const { signal } = asked;
    // The run is registered before anything comes of it.
    await Promise.resolve();
    const told = (progress: AdviceRunProgress): void => {
      const running = this.#running.get(id);
      if (running) running.run = { ...running.run, progress };
    };
    try {
      const advised = await this.#advised(at, { ...asked, told });
      await this.#parts.source.keep(keptRun(this.#running.get(id)!.run, advised));
    } catch (cause) {
      this.#end(
        id,
        signal.aborted ? { state: 'cancelled' } : { state: 'failed', reason: this.#reasonOf(cause) },
      );
    } finally {
      this.#running.delete(id);
    }
  }

  /** The advices, held against the past and against those before them. */
  async #advised(
    { book, head }: BookAtHead,
    {
      question,
      wanted,
      over,
      signal,
      told,
    }: AdviceStart & {
      readonly signal: AbortSignal;
      readonly told: (progress: AdviceRunProgress) => void;
    },
  ): Promise<Advised> {
    const { pool, source, remade } = this.#parts;
    const stage = (name: AdviceRunProgress['stage']) => (done: number, all: number) =>
      told({ stage: name, done, all });
    const of = { book: await sharedBook(book), question: sharedQuestion(question), block: head.block };
    const { advices, together } = await advise(pool, of, { wanted, signal, told });
    const held = await backtested(pool, of, { advices, ...over, signal, told: stage('dates') });
    const after = { book, asked: question.asked };
    const since = { source, after, block: head.block, remade, signal, told: stage('inputs') };
    return { advices: await advicesMoved(pool, held, since), together };
  }

  #end(id: string, to: { readonly state: AdviceRunState; readonly reason?: string }): void {
    const { run } = this.#running.get(id)!;
    this.#ended.delete(id);
    this.#ended.set(id, { ...run, reason: undefined, ...to, endedAt: Math.floor(Date.now() / 1_000) });
    for (const old of [...this.#ended.keys()].slice(0, -ENDED_KEPT)) this.#ended.delete(old);
  }

  #reasonOf(cause: unknown): string {
    if (cause instanceof BadDataError || (cause as Error).name === 'LostThreadError')
      return (cause as Error).message;
    this.#parts.report(cause);
    return 'Something went wrong; the log of the API has the cause. Start it again to try once more.';
  }
}

const doneRun = (kept: StoredAdviceRun): AdviceRun => ({
  ...kept,
  state: 'done',
  reason: undefined,
  progress: undefined,
});

/** A run as it is kept: every advice as it was told, so that its hash holds. */
function keptRun(run: AdviceRun, { advices, together }: Advised): Omit<NewAdviceRun, 'chainId'> {
  const { state: _, reason: __, progress: ___, endedAt: ____, ...head } = run;
  return {
    ...head,
    together: together && JSON.stringify(together),
    advices: advices.map((advice) => ({
      venue: advice.parameter.venue,
      market: advice.parameter.market,
      parameter: advice.parameter.kind,
      adviceHash: advice.adviceHash,
      inputsHash: advice.inputsHash,
      content: JSON.stringify(advice),
    })),
  };
}
