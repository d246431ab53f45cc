import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { retainFacts } from '@undertow/ledgers';
import { keepHouse, notifyAlive } from '@undertow/store';
import { BadDataError, RetryableError } from '@undertow/units';
import { followChain } from './follow-chain.ts';
import type { Follower } from './follow-chain.ts';
import type { IndexerConfig } from './indexer-config.ts';
import type { Tell } from './indexer-message.ts';
import { openWatch } from './watch.ts';
import type { Watch } from './watch.ts';

/** Longest pause after failures in a row. */
const LONGEST_PAUSE_MS = 10_000;

/** Between two words that the chain is looked at. */
const ALIVE_MS = 2_000;

/** Between two times that the database is looked after: often enough that what is computed from the facts stays about a day. */
const HOUSE_MS = 600_000;

/** Looks at the chain at every interval, never twice at once, and starts anew from the store after a failure. */
export class IndexerLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Resolves when the indexer cannot go on without a person. */
  readonly failed: Promise<Error>;
  readonly #config: IndexerConfig;
  readonly #tell: Tell;
  readonly #scheduler: SchedulerRegistry;
  #fail: (error: Error) => void = () => {};
  #open: { readonly watch: Watch; readonly follower: Follower } | undefined;
  #running: Promise<void> | undefined;
  #keeping: Promise<void> | undefined;
  #stopping = false;
  #failures = 0;
  #pausedUntil = 0;
  #saidAt = -Infinity;

  constructor(config: IndexerConfig, tell: Tell, scheduler: SchedulerRegistry) {
    this.#config = config;
    this.#tell = readyOnce(tell);
    this.#scheduler = scheduler;
    this.failed = new Promise((resolve) => (this.#fail = resolve));
  }

  onApplicationBootstrap(): void {
    this.#scheduler.addInterval(
      'follow the chain',
      setInterval(() => this.#tick(), this.#config.pollMs),
    );
    this.#scheduler.addInterval(
      'keep house',
      setInterval(() => this.#keepHouse(), HOUSE_MS),
    );
    this.#tick();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    this.#open?.watch.rpc.close();
    await Promise.all([this.#running, this.#keeping]);
    await this.#close();
  }

  #tick(): void {
    if (this.#running || this.#stopping || performance.now() < this.#pausedUntil) return;
    this.#running = this.#run().finally(() => (this.#running = undefined));
  }

  async #run(): Promise<void> {
    try {
      this.#open ??= await this.#start();
      while (!this.#stopping && (await this.#open.follower.round()));
      this.#failures = 0;
      await this.#sayAlive(this.#open.watch);
    } catch (error) {
      if (!this.#stopping) await this.#handle(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** For who serves what is stored: that nothing is new is something else than that nobody looks. */
  async #sayAlive({ store, network }: Watch): Promise<void> {
    if (this.#stopping || performance.now() < this.#saidAt + ALIVE_MS) return;
    await notifyAlive(store, network.chainId);
    this.#saidAt = performance.now();
  }

  /** Beside the following, never twice at once. What fails is told and done the next time: nothing that is read depends on it. */
  #keepHouse(): void {
    const { watch } = this.#open ?? {};
    if (this.#keeping || this.#stopping || !watch) return;
    const { chainId, finalityDepth } = watch.network;
    const { keepFactsDays } = this.#config;
    this.#keeping = keepHouse(watch.store, chainId, finalityDepth)
      .then(() =>
        keepFactsDays === undefined
          ? undefined
          : retainFacts(watch.store, chainId, { days: keepFactsDays, finalityDepth }),
      )
      .then(
        () => undefined,
        (error: Error) =>
          this.#tell({
            type: 'error',
            name: error.name,
            message: `While keeping house: ${error.message}`,
            fatal: false,
          }),
      )
      .finally(() => (this.#keeping = undefined));
  }

  async #start() {
    const watch = await openWatch(this.#config, this.#tell);
    // Without the claim another indexer may write. Whatever is under way then fails, and the next round claims anew.
    void watch.claim.lost.then(() => {
      const { chainId } = watch.network;
      const reason = `the connection that holds the claim on chain ${chainId} broke: is the database up? It is claimed again`;
      if (this.#open?.watch === watch) watch.rpc.close(new RetryableError(reason));
    });
    return { watch, follower: followChain(watch) };
  }

  async #handle(error: Error): Promise<void> {
    const fatal = !(error instanceof RetryableError) && !(error instanceof BadDataError);
    this.#tell({ type: 'error', name: error.name, message: error.message, fatal });
    await this.#close();
    if (fatal) {
      this.#stopping = true;
      this.#fail(error);
      return;
    }
    const pauseMs = this.#config.pollMs * 2 ** Math.min(this.#failures++, 10);
    this.#pausedUntil = performance.now() + Math.min(pauseMs, LONGEST_PAUSE_MS);
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.watch.close().catch(() => undefined);
  }
}

/** The follower says that it is at the head after every new start; those who wait for it want to know once. */
function readyOnce(tell: Tell): Tell {
  let told = false;
  return (message) => {
    if (message.type === 'ready' && told) return;
    told ||= message.type === 'ready';
    tell(message);
  };
}
