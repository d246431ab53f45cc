import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { DEFAULT_CODES, DEFAULT_KEEPING, openExchange } from '@undertow/exchanges';
import { migrate, openStore, resolveIncident, type Store } from '@undertow/store';
import { ExchangeWatch } from './exchange-watch.ts';
import type { ExchangesConfig, IndexerConfig } from './indexer-config.ts';
import type { Tell } from './indexer-message.ts';
import { openProblems, type Problems } from './open-problems.ts';

/** What is watched, open. */
interface Open {
  readonly store: Store;
  readonly problems: Problems;
  readonly watches: readonly ExchangeWatch[];
}

/**
 * Watches exchanges beside the chain, at every interval and by websocket, with connections of its own: whatever an exchange or the
 * database does to it, the chain is followed.
 */
export class ExchangeMonitor implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #config: IndexerConfig;
  readonly #exchanges: ExchangesConfig;
  readonly #tell: Tell;
  readonly #scheduler: SchedulerRegistry;
  readonly #now: () => number;
  #opening: Promise<Open> | undefined;
  /** What looks now, by its place among the exchanges: one that is slow keeps no other waiting. */
  readonly #looking = new Map<number, Promise<void>>();
  #stopping = false;

  constructor(
    config: IndexerConfig & { readonly exchanges: ExchangesConfig },
    {
      tell,
      scheduler,
      now,
    }: { readonly tell: Tell; readonly scheduler: SchedulerRegistry; readonly now: () => number },
  ) {
    this.#config = config;
    this.#exchanges = config.exchanges;
    this.#tell = tell;
    this.#scheduler = scheduler;
    this.#now = now;
  }

  onApplicationBootstrap(): void {
    this.#scheduler.addInterval(
      'watch exchanges',
      setInterval(() => void this.look(), this.#exchanges.everySeconds * 1_000),
    );
    this.#scheduler.addTimeout(
      'open exchanges',
      setTimeout(() => void this.look(), this.#exchanges.firstLookSeconds * 1_000),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    const open = await this.#opening?.catch(() => undefined);
    await Promise.all(open?.watches.map((watch) => watch.stop()) ?? []);
    await Promise.all(this.#looking.values());
    await open?.store.close();
  }

  /** Looks at every exchange that is not being looked at; resolves when all have been. Never rejects. */
  async look(): Promise<void> {
    if (this.#stopping) return;
    try {
      const { watches, problems } = await this.#opened();
      watches.forEach((watch, place) => {
        if (this.#looking.has(place) || this.#stopping) return;
        this.#looking.set(
          place,
          watch.look().finally(() => this.#looking.delete(place)),
        );
      });
      await Promise.all(this.#looking.values());
      await this.#tellUnlisted(watches, problems);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.#tell({ type: 'error', name, message: `While watching exchanges: ${message}`, fatal: false });
    }
  }

  #opened(): Promise<Open> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #open(): Promise<Open> {
    const { chainId } = this.#config.network;
    const { watch, codes = DEFAULT_CODES, everySeconds, backfillHours } = this.#exchanges;
    const store = await openStore(this.#config.databaseUrl);
    try {
      await migrate(store);
      // What was open when the last process ended is found again, if it still is.
      await resolveIncident(store, { chainId, kind: 'exchange' });
    } catch (error) {
      await store.close();
      throw error;
    }
    const watches = watch.map(
      ({ id, urls }) =>
        new ExchangeWatch({
          exchange: openExchange({ id, codes, now: this.#now, urls }),
          ...{ store, chainId, now: this.#now, tell: this.#tell },
          keeping: { ...DEFAULT_KEEPING, everySeconds },
          backfillSeconds: backfillHours * 3_600,
        }),
    );
    return { store, watches, problems: openProblems(store, chainId) };
  }

  /** A coin that somebody asked for and nobody lists must be told of, or its price would be missed for ever. */
  async #tellUnlisted(watches: readonly ExchangeWatch[], problems: Problems): Promise<void> {
    const unlisted = watches.map((watch) => watch.unlisted);
    if (unlisted.includes(undefined)) return;
    const missing = (unlisted[0] ?? []).filter((code) => unlisted.every((codes) => codes!.includes(code)));
    const ids = this.#exchanges.watch.map(({ id }) => id).join(', ');
    await problems.set(
      'unlisted',
      missing.length > 0 &&
        `Of ${missing.join(', ')} no exchange that is watched (${ids}) lists a market in USD, USDT or USDC: see that it is called so ` +
          'there, or watch another exchange.',
    );
  }
}
