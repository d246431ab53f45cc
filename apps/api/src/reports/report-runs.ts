import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { ENGINE } from '@undertow/cascade';
import {
  makeReport,
  POOL_ENGINE,
  sharedBook,
  type EnginePool,
  type MadeReport,
  type ReportProgress,
} from '@undertow/engine-pool';
import type { ReportQuestion } from '@undertow/report';
import type { StoredReportRun } from '@undertow/store';
import { contentHash, sweepKey, type SweepChunk } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { reportRunNotFoundError, tooManyReportsError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import type { LiveBook } from '../live-book.ts';
import type { BookAtHead } from '../shown.ts';
import type { Maker } from './maker.ts';

/** Reports that this process makes at a time: they take all threads that nobody asks a question of. */
const MOST_RUNS = 2;

/** A making of a report, wherever it stands. */
export interface ReportRun extends StoredReportRun {
  /** Undefined where this process does not make it. */
  readonly progress: ReportProgress | undefined;
}

/** What a report is asked for with. */
export interface ReportStart {
  readonly question: ReportQuestion;
  /** Name of the schedule that asks. */
  readonly schedule?: string | undefined;
}

/** What runs of reports work with. */
export interface ReportRunsParts {
  readonly pool: EnginePool;
  readonly source: Pick<FactSource, 'reports' | 'sweeps'>;
  readonly live: Pick<LiveBook, 'at'>;
  readonly maker: Maker;
  /** Gets failures of our own, for the log. */
  readonly report: (cause: unknown) => void;
}

interface Running {
  progress: ReportProgress | undefined;
  readonly stop: AbortController;
  readonly over: Promise<void>;
}

/**
 * Makes reports on the pool, at the rank of sweeps, and keeps them with their books. A making belongs to the database: what a process
 * that ended has left running is made by the one that starts next, if its block still is what it was. The same question on the same
 * book is the same making, and the same bytes.
 */
export class ReportRuns implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #parts: ReportRunsParts;
  readonly #running = new Map<string, Running>();
  #isStopping = false;

  constructor(parts: ReportRunsParts) {
    this.#parts = parts;
  }

  /** Goes on with what was left running. */
  onApplicationBootstrap(): void {
    void this.#resume().catch(this.#parts.report);
  }

  /** What is being made is ended, and stays running for whoever starts next. */
  async onApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    const running = [...this.#running.values()];
    for (const { stop } of running) stop.abort(new Error('the API is being stopped'));
    await Promise.all(running.map(({ over }) => over));
  }

  /** Begins to make a report; one that is made or under way is given as it is. */
  async start(at: BookAtHead, { question, schedule }: ReportStart): Promise<ReportRun> {
    const { book, head } = at;
    const { maker, source } = this.#parts;
    const id = contentHash({ book: book.hash, blockHash: head.hash, question, engine: ENGINE, maker });
    const [known] = await source.reports.runs({ id, most: 1 });
    const isKnown = known?.state === 'done' || this.#running.has(id);
    if (!isKnown && this.#running.size >= MOST_RUNS) throw tooManyReportsError(MOST_RUNS);
    const run = await source.reports.start({
      ...{ id, block: head.block, blockHash: head.hash, bookHash: book.hash },
      ...{ kind: question.kind, question: JSON.stringify(question), schedule },
    });
    if (run.state === 'running') this.#begin(run, at);
    return this.#shown(run);
  }

  /** Ends a making that is under way; nothing of it is kept. */
  async cancel(id: string): Promise<ReportRun> {
    await this.find(id);
    const running = this.#running.get(id);
    running?.stop.abort(new Error('the report was cancelled'));
    await running?.over;
    await this.#parts.source.reports.end(id, { state: 'cancelled' });
    return this.find(id);
  }

  async find(id: string): Promise<ReportRun> {
    const [found] = await this.#parts.source.reports.runs({ id, most: 1 });
    if (!found) throw reportRunNotFoundError(id);
    return this.#shown(found);
  }

  /** That which was begun last first. */
  async list(most: number): Promise<readonly ReportRun[]> {
    return (await this.#parts.source.reports.runs({ most })).map((run) => this.#shown(run));
  }

  #shown(run: StoredReportRun): ReportRun {
    return { ...run, progress: this.#running.get(run.id)?.progress };
  }

  async #resume(): Promise<void> {
    const { source, live } = this.#parts;
    for (const run of await source.reports.runs({ state: 'running', most: MOST_RUNS })) {
      const at = await live.at(run.block).catch(() => undefined);
      if (at && at.head.hash === run.blockHash && at.book.hash === run.bookHash) this.#begin(run, at);
      else if (!this.#isStopping) await this.#failLeft(run);
    }
  }

  /** The block is another one, or its facts were dropped; unless another process makes it, nobody can. */
  async #failLeft({ id, block }: StoredReportRun): Promise<void> {
    const { reports } = this.#parts.source;
    const claim = await reports.claim(id);
    if (!claim) return;
    const reason = `The API was stopped while it made this, and block ${block} is not stored any more as it was: ask for it at another block.`;
    await reports.end(id, { state: 'failed', reason });
    await claim.release();
  }

  #begin(run: StoredReportRun, at: BookAtHead): void {
    const { id } = run;
    if (this.#running.has(id) || this.#isStopping) return;
    const stop = new AbortController();
    const over = this.#run(run, at, stop).finally(() => this.#running.delete(id));
    this.#running.set(id, { progress: undefined, stop, over });
  }

  async #run(run: StoredReportRun, at: BookAtHead, stop: AbortController): Promise<void> {
    const { source, report } = this.#parts;
    // The run is registered before anything comes of it.
    await Promise.resolve();
    const claim = await source.reports.claim(run.id).catch(report);
    // Another process makes it, or the database is away: then it is gone on with at the next start.
    if (!claim) return;
    const { signal } = stop;
    void claim.lost.then(() => stop.abort(new Error('the claim of the report was lost')));
    try {
      const made = await this.#make(run, at, signal);
      await source.reports.end(run.id, { state: 'done', report: made.id });
      await source.reports.tidy();
    } catch (cause) {
      if (!signal.aborted) await this.#fail(run.id, cause);
    } finally {
      await claim.release();
    }
  }

  async #make(
    { id, schedule, ...run }: StoredReportRun,
    { book, head }: BookAtHead,
    signal: AbortSignal,
  ): Promise<MadeReport> {
    const { pool, source, maker } = this.#parts;
    const question = JSON.parse(run.question) as ReportQuestion;
    const of = { book: await sharedBook(book), block: head.block };
    const wanted = {
      ...maker,
      question,
      blockHash: head.hash,
      chunks: await this.#sweptBefore(question, book),
    };
    const told = (progress: ReportProgress): void => {
      const running = this.#running.get(id);
      if (running) running.progress = progress;
    };
    const made = await makeReport(pool, of, wanted, { signal, told });
    if (!(await source.reports.holdBook(book.hash)))
      await source.reports.keepBook(book.hash, await pool.exported(of, signal));
    await source.reports.keep({
      ...{ ...made, block: head.block, blockHash: head.hash, bookHash: book.hash, schedule },
    });
    return made;
  }

  /** Results of a sweep that was run by itself before, all of them. */
  async #sweptBefore(
    question: ReportQuestion,
    book: BookAtHead['book'],
  ): Promise<readonly SweepChunk[] | undefined> {
    if (question.kind !== 'sweep' || question.engine !== POOL_ENGINE) return undefined;
    const { sweeps } = this.#parts.source;
    const id = sweepKey({ plan: question.plan, book, engine: question.engine });
    return (await sweeps.find(id))?.state === 'done' ? sweeps.chunks(id) : undefined;
  }

  async #fail(id: string, cause: unknown): Promise<void> {
    const { report, source } = this.#parts;
    const isTold = cause instanceof BadDataError || (cause as Error).name === 'LostThreadError';
    if (!isTold) report(cause);
    const reason = isTold
      ? (cause as Error).message
      : 'Something went wrong; the log of the API has the cause. Ask for it again to try once more.';
    await source.reports.end(id, { state: 'failed', reason }).catch(report);
  }
}
