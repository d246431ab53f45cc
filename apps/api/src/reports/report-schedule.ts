import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { STATE_DROPS, STATE_MOVES } from '@undertow/report';
import type { FactSource } from '../fact-source.ts';
import type { LiveBook } from '../live-book.ts';
import { reportedBook } from './reported-book.ts';
import type { ReportRun, ReportRuns } from './report-runs.ts';

/** What the schedule works with. */
export interface ReportScheduleParts {
  readonly live: LiveBook;
  readonly source: Pick<FactSource, 'reports'>;
  readonly runs: ReportRuns;
  /** Gets a failure with its cause, for the log. */
  readonly report: (cause: unknown) => void;
  /** Seconds between two reports; 0 = never. */
  readonly everySeconds: number;
}

/** From the start of the API to the first report: who asks right after the start is answered first. */
const FIRST_SECONDS = 90;
/** What is said of a report that it made. */
export const SCHEDULE = 'state of risk';

/**
 * Makes a report of the state of risk of the newest book at every interval. Of several APIs on one database one makes it: whoever
 * begins holds a claim while it looks when the last was begun.
 */
export class ReportSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #parts: ReportScheduleParts;
  readonly #scheduler: SchedulerRegistry;
  #isStopping = false;

  constructor(parts: ReportScheduleParts, scheduler: SchedulerRegistry) {
    this.#parts = parts;
    this.#scheduler = scheduler;
  }

  onApplicationBootstrap(): void {
    const { everySeconds } = this.#parts;
    if (everySeconds === 0) return;
    this.#scheduler.addInterval(
      'report the state of risk',
      setInterval(() => this.#tick(), everySeconds * 1_000),
    );
    this.#scheduler.addTimeout(
      'report the state of risk first',
      setTimeout(() => this.#tick(), Math.min(FIRST_SECONDS, everySeconds) * 1_000),
    );
  }

  onApplicationShutdown(): void {
    this.#isStopping = true;
  }

  /** Begins a report on the newest book, unless the last one is younger than half of the interval; undefined where none is begun. */
  async make(): Promise<ReportRun | undefined> {
    const { live, source, runs, everySeconds } = this.#parts;
    if ((await live.head()) === undefined) return undefined;
    const claim = await source.reports.claim(`schedule ${SCHEDULE}`);
    // Another API is about to begin one.
    if (!claim) return undefined;
    try {
      const [last] = await source.reports.runs({ schedule: SCHEDULE, most: 1 });
      const at = await reportedBook(live);
      if (last && (last.block === at.head.block || Date.now() / 1_000 - last.startedAt < everySeconds / 2))
        return undefined;
      const question = { kind: 'state', moves: STATE_MOVES, drops: STATE_DROPS } as const;
      return await runs.start(at, { question, schedule: SCHEDULE });
    } finally {
      await claim.release();
    }
  }

  #tick(): void {
    if (this.#isStopping) return;
    this.make().catch((cause: unknown) => {
      if (!this.#isStopping) this.#parts.report(cause);
    });
  }
}
