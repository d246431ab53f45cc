import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { MEASURED_MOVES, shockMeasures } from '@undertow/cascade';
import type { EnginePool } from '@undertow/engine-pool';
import type { LiveBook } from './live-book.ts';
import { readOracles } from './oracle-reading.ts';
import type { OracleReports } from './oracle-reports.ts';
import type { SeriesSource } from './series-source.ts';
import { heatmapRows } from './sweep-answers.ts';

/** What the schedule works with. */
export interface MeasureParts {
  readonly live: LiveBook;
  readonly pool: EnginePool;
  readonly reports: OracleReports;
  readonly series: SeriesSource;
  /** Called when flags may have changed. */
  readonly tellFlags: () => Promise<void>;
  /** Gets a failure with its cause, for the log. */
  readonly report: (cause: unknown) => void;
  /** Seconds between two looks; 0 = never. */
  readonly everySeconds: number;
}

/** From the start of the API to the first measurement. */
const FIRST_SECONDS = 10;

/**
 * Measures the newest book and its oracles at every interval, when it is of another block than the one measured last, and keeps what
 * comes out with what it does to flags. Never twice at once; several that do it at the same time keep each measure once.
 */
export class MeasureSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #parts: MeasureParts;
  readonly #scheduler: SchedulerRegistry;
  #running: Promise<void> | undefined;
  #keeping: Promise<unknown> | undefined;
  readonly #stop = new AbortController();

  constructor(parts: MeasureParts, scheduler: SchedulerRegistry) {
    this.#parts = parts;
    this.#scheduler = scheduler;
  }

  onApplicationBootstrap(): void {
    const { everySeconds } = this.#parts;
    if (everySeconds === 0) return;
    this.#scheduler.addInterval(
      'measure the book',
      setInterval(() => this.#tick(), everySeconds * 1_000),
    );
    // A book and a heatmap take seconds: who asks right after the start is answered first.
    const firstSeconds = Math.min(FIRST_SECONDS, everySeconds);
    this.#scheduler.addTimeout(
      'measure the first book',
      setTimeout(() => this.#tick(), firstSeconds * 1_000),
    );
  }

  /** What is being stored is finished; what is being computed is not waited for, and is not stored then. */
  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort(new Error('the API is being stopped'));
    await this.#keeping;
  }

  /** Measures the newest book now, unless that is done; gives how many measures were kept. */
  async measure(): Promise<number> {
    const { live, pool, series, reports, tellFlags } = this.#parts;
    const newest = await live.head();
    const last = await series.lastMeasured();
    if (newest === undefined || newest.block === last) return 0;
    const reported = await reports.at();
    const { book, head } = reported.at;
    const { block, hash, time } = head;
    const { signal } = this.#stop;
    const asked = { book, block, signal, urgency: 'measurement' } as const;
    const standing = await pool.standing(asked, reported.report);
    const rows = await heatmapRows(book, MEASURED_MOVES, (names) => pool.cells(asked, names));
    const of = { block, hash: hash as `0x${string}`, time, bookHash: book.hash };
    const oracles = await readOracles(reported, series);
    if (signal.aborted) return 0;
    // Another one may have measured a newer block: what it did to flags is not undone by an older reading.
    const flags = (last ?? 0) > head.block ? [] : oracles.flags;
    const keeping = series.keep(of, [...standing, ...shockMeasures(rows), ...oracles.measures], flags);
    this.#keeping = keeping.catch(() => undefined);
    const kept = await keeping;
    await tellFlags();
    return kept;
  }

  #tick(): void {
    if (this.#running || this.#stop.signal.aborted) return;
    this.#running = this.measure()
      .then(
        () => undefined,
        (err: unknown) => {
          if (!this.#stop.signal.aborted) this.#parts.report(err);
        },
      )
      .finally(() => (this.#running = undefined));
  }
}
