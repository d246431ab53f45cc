import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { claimWork, type ChainClaim } from '@undertow/store';
import type { FactSource } from '../fact-source.ts';
import type { LiveBook } from '../live-book.ts';
import type { CallDesk } from './call-desk.ts';

/** What the schedule works with. */
export interface CallScheduleParts {
  /** Undefined where nobody is to be called. */
  readonly desk: CallDesk | undefined;
  readonly live: LiveBook;
  readonly source: FactSource;
  /** Gets a failure with its cause, for the log. */
  readonly report: (cause: unknown) => void;
}

const TICK_MS = 1_000;

/**
 * Looks every second whether there is a new head to review, whether timers have come, and whether notices are to be sent. Of several processes one
 * does it, as long as it lives: the others wait for its lock. What is missed while nobody runs is done at the first look after.
 */
export class CallSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #parts: CallScheduleParts;
  readonly #scheduler: SchedulerRegistry;
  readonly #stop = new AbortController();
  #claim: ChainClaim | undefined;
  #running: Promise<void> | undefined;
  #reviewed: { readonly hash: string; readonly revision: number } | undefined;

  constructor(parts: CallScheduleParts, scheduler: SchedulerRegistry) {
    this.#parts = parts;
    this.#scheduler = scheduler;
  }

  onApplicationBootstrap(): void {
    if (!this.#parts.desk) return;
    this.#scheduler.addInterval(
      'margin calls',
      setInterval(() => this.#tick(), TICK_MS),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort(new Error('the API is being stopped'));
    await this.#running;
    await this.#claim?.release();
  }

  /** One look; gives false where another process has the work. */
  async look(): Promise<boolean> {
    const { desk } = this.#parts;
    if (!desk || !(await this.#hasClaim(desk))) return false;
    await this.#review(desk);
    await desk.fireTimers();
    await desk.send(this.#stop.signal);
    return true;
  }

  async #hasClaim(desk: CallDesk): Promise<boolean> {
    if (this.#claim) return true;
    const claim = await claimWork(desk.store, 'margin calls', desk.claimName);
    this.#claim = claim;
    void claim?.lost.then(() => (this.#claim = undefined));
    return claim !== undefined;
  }

  async #review(desk: CallDesk): Promise<void> {
    const { live, source } = this.#parts;
    const stored = await source.stored();
    const shown = await live.head();
    if (!stored?.trusted || shown === undefined) return;
    const before = this.#reviewed;
    if (before?.hash === shown.hash && before.revision === stored.revision) return;
    const changedAbove =
      before && before.revision !== stored.revision ? await source.changedAbove(before.revision) : undefined;
    const { book, head } = await live.at();
    await desk.review({ book, hash: head.hash, changedAbove });
    this.#reviewed = { hash: head.hash, revision: stored.revision };
  }

  #tick(): void {
    if (this.#running || this.#stop.signal.aborted) return;
    this.#running = this.look()
      .then(
        () => undefined,
        (cause: unknown) => {
          if (!this.#stop.signal.aborted) this.#parts.report(cause);
        },
      )
      .finally(() => (this.#running = undefined));
  }
}
