import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import type { FactSource } from '../fact-source.ts';
import type { LiveBook } from '../live-book.ts';
import type { AdviceRun, AdviceRuns } from './advice-runs.ts';
import { askedRun } from './asked-run.ts';

/** What the schedule works with. */
export interface AdviceScheduleParts {
  readonly live: LiveBook;
  readonly source: FactSource;
  readonly runs: AdviceRuns;
  /** Gets a failure with its cause, for the log. */
  readonly report: (cause: unknown) => void;
  /** Seconds between two runs; 0 = never. */
  readonly everySeconds: number;
}

/** From the start of the API to the first run: who asks right after the start is answered first. */
const FIRST_SECONDS = 60;

/** What is asked when nobody asks: the defaults of the schema. */
const DEFAULTS = { confidence: 0.99, horizonSeconds: 86_400, count: 1_000, seed: 1 };

/**
 * Advises all parameters of the newest book at every interval, from stored prices. Where there are none nothing is run: every
 * advice would say so.
 */
export class AdviceSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #parts: AdviceScheduleParts;
  readonly #scheduler: SchedulerRegistry;
  #isStopping = false;

  constructor(parts: AdviceScheduleParts, scheduler: SchedulerRegistry) {
    this.#parts = parts;
    this.#scheduler = scheduler;
  }

  onApplicationBootstrap(): void {
    const { everySeconds } = this.#parts;
    if (everySeconds === 0) return;
    this.#scheduler.addInterval(
      'advise parameters',
      setInterval(() => this.#tick(), everySeconds * 1_000),
    );
    this.#scheduler.addTimeout(
      'advise parameters first',
      setTimeout(() => this.#tick(), Math.min(FIRST_SECONDS, everySeconds) * 1_000),
    );
  }

  onApplicationShutdown(): void {
    this.#isStopping = true;
  }

  /** Begins a run on the newest book, unless the last one is younger than the interval; undefined where none is begun. */
  async advise(): Promise<AdviceRun | undefined> {
    const { live, source, runs, everySeconds } = this.#parts;
    if ((await live.head()) === undefined) return undefined;
    const at = await live.at();
    const [last] = await source.advice.runs({ isScheduled: true, most: 1 });
    if (last && at.head.block === last.block) return undefined;
    if (last && Date.now() / 1_000 - last.endedAt < everySeconds / 2) return undefined;
    const start = await askedRun(source, at, { ...DEFAULTS, isScheduled: true });
    if (start.question.asked.plan === undefined) return undefined;
    return runs.start(at, start);
  }

  #tick(): void {
    if (this.#isStopping) return;
    this.advise().catch((cause: unknown) => {
      if (!this.#isStopping) this.#parts.report(cause);
    });
  }
}
