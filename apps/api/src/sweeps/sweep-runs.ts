import { EventEmitter, once } from 'node:events';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { POOL_ENGINE, sharedBook, type EnginePool, type SharedBook } from '@undertow/engine-pool';
import type { StoredSweep } from '@undertow/store';
import { openPlan, planHash, sweepKey, type Plan } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { inputError, sweepNotFoundError, tooManySweepsError } from '../errors.ts';
import { asInput } from '../scenario-input.ts';
import type { BookAtHead } from '../shown.ts';
import { runSweep } from './run-sweep.ts';
import type { SweepSource } from './sweep-source.ts';

/** Scenarios of one sweep: more are for the command line and for workers. */
export const MOST_SCENARIOS_ASKED = 100_000;
/** Sweeps that run in this process at a time. */
export const MOST_SWEEPS = 4;
/** A sweep that another process runs is looked at so often. */
const LOOK_MS = 1_000;

interface Running {
  readonly stop: AbortController;
  readonly over: Promise<void>;
}

/**
 * Runs sweeps on the pool, behind every question, and keeps what comes of them. A sweep belongs to the database and not to this
 * process: what a process that ended has left running goes on in the one that starts next.
 */
export class SweepRuns implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #pool: EnginePool;
  readonly #source: SweepSource;
  readonly #report: (cause: unknown) => void;
  readonly #running = new Map<string, Running>();
  /** Tells, by the id of a sweep, that it has changed. */
  readonly #news = new EventEmitter().setMaxListeners(0);
  #isStopping = false;

  /** `report` gets failures of our own, for the log. */
  constructor(pool: EnginePool, source: SweepSource, report: (cause: unknown) => void) {
    this.#pool = pool;
    this.#source = source;
    this.#report = report;
  }

  /** Goes on with what was left running. */
  onApplicationBootstrap(): void {
    void this.#source
      .list({ state: 'running', most: MOST_SWEEPS })
      .then((left) => {
        for (const { id } of left) this.#begin(id);
      })
      .catch(this.#report);
  }

  /** What runs is ended, and stays running for whoever starts next. */
  async onApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort(new Error('the API is being stopped'));
    await Promise.all(running.map(({ over }) => over));
    for (const id of this.#news.eventNames()) this.#news.emit(id);
  }

  /** Begins a sweep, or goes on with it; one that is done is given as it is. Throws GraphQLErrors that say what would be right. */
  async start({ book, head }: BookAtHead, plan: Plan): Promise<StoredSweep> {
    const { count } = asInput(() => openPlan(plan, book));
    if (count > MOST_SCENARIOS_ASKED)
      throw inputError(
        `The plan has ${count} scenarios; at most ${MOST_SCENARIOS_ASKED} are run here. Ask for fewer, or run it with undertow sweep.`,
      );
    const id = sweepKey({ plan, book, engine: POOL_ENGINE });
    const known = await this.#source.find(id);
    if (known?.state === 'done' || this.#running.has(id)) return known ?? this.find(id);
    this.#checkRoom();
    const shared = await sharedBook(book);
    await this.#source.keepBook(book.hash, new Uint8Array(shared.buffer));
    await this.#source.keep({
      ...{ id, block: head.block, blockHash: head.hash, bookHash: book.hash, scenarios: count },
      ...{ plan: JSON.stringify(plan), planHash: planHash(plan) },
    });
    await this.#source.set(id, { state: 'running' });
    this.#begin(id, shared);
    return this.find(id);
  }

  /** Ends a sweep; what it has is kept, so that it may go on. */
  async cancel(id: string): Promise<StoredSweep> {
    await this.find(id);
    await this.#source.set(id, { state: 'cancelled' });
    const running = this.#running.get(id);
    running?.stop.abort(new Error('the sweep was cancelled'));
    await running?.over;
    this.#news.emit(id);
    return this.find(id);
  }

  /** Goes on with a sweep that was cancelled, failed, or is run by nobody. */
  async resume(id: string): Promise<StoredSweep> {
    const { state } = await this.find(id);
    if (state === 'done' || this.#running.has(id)) return this.find(id);
    this.#checkRoom();
    await this.#source.set(id, { state: 'running' });
    this.#begin(id);
    return this.find(id);
  }

  async find(id: string): Promise<StoredSweep> {
    const found = await this.#source.find(id);
    if (found === undefined) throw sweepNotFoundError(id);
    return found;
  }

  list(most: number): Promise<readonly StoredSweep[]> {
    return this.#source.list({ most });
  }

  /** How a sweep stands now and whenever that changes, until it is over, whichever process runs it. */
  async *watch(id: string): AsyncGenerator<StoredSweep, void> {
    let told: string | undefined;
    while (!this.#isStopping) {
      const changed = once(this.#news, id, { signal: AbortSignal.timeout(LOOK_MS) }).catch(() => undefined);
      const sweep = await this.find(id);
      const now = `${sweep.state} ${sweep.done}`;
      if (now !== told) yield sweep;
      told = now;
      if (sweep.state !== 'running') return;
      await changed;
    }
  }

  #checkRoom(): void {
    if (this.#running.size >= MOST_SWEEPS) throw tooManySweepsError(MOST_SWEEPS);
  }

  #begin(id: string, book?: SharedBook): void {
    if (this.#running.has(id) || this.#isStopping) return;
    const stop = new AbortController();
    const over = this.#run(id, stop, book).finally(() => {
      this.#running.delete(id);
      this.#news.emit(id);
    });
    this.#running.set(id, { stop, over });
  }

  async #run(id: string, stop: AbortController, book: SharedBook | undefined): Promise<void> {
    const claim = await this.#source.claim(id).catch(this.#report);
    // Another process runs it, or the database is away: then it is gone on with at the next start, or by `resume`.
    if (!claim) return;
    const { signal } = stop;
    void claim.lost.then(() => stop.abort(new Error('the claim of the sweep was lost')));
    try {
      const [pool, source] = [this.#pool, this.#source];
      const tell = () => this.#tell(id, stop);
      await runSweep(await this.find(id), { pool, source, signal, book, tell });
      await source.tidy();
    } catch (cause) {
      if (!signal.aborted) await this.#fail(id, cause);
    } finally {
      await claim.release();
    }
  }

  async #tell(id: string, stop: AbortController): Promise<void> {
    this.#news.emit(id);
    // It may have been cancelled at another process.
    const { state } = await this.find(id);
    if (state !== 'running') stop.abort(new Error(`the sweep is ${state}`));
  }

  async #fail(id: string, cause: unknown): Promise<void> {
    this.#report(cause);
    const isTold = cause instanceof BadDataError || (cause as Error).name === 'LostThreadError';
    const reason = isTold
      ? (cause as Error).message
      : 'Something went wrong; the log of the API has the cause. Resume it to try again.';
    await this.#source.set(id, { state: 'failed', reason }).catch(this.#report);
  }
}
