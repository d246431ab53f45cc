import {
  CLOCK_TOLERANCE,
  priceKeeper,
  type Exchange,
  type KeepingRule,
  type PriceObservation,
  type WatchedMarket,
} from '@undertow/exchanges';
import {
  claimExchange,
  readExchangePricesAt,
  writeExchangeMarkets,
  writeExchangePrices,
  type ChainClaim,
  type Store,
} from '@undertow/store';
import { openProblems, type Problems } from './open-problems.ts';
import type { Tell } from './indexer-message.ts';

/** What watching one exchange works with. */
export interface ExchangeWatchParts {
  readonly exchange: Exchange;
  readonly store: Store;
  /** Whose incidents tell of what is wrong: prices are of no chain, but people look at one. */
  readonly chainId: number;
  readonly keeping: KeepingRule;
  /** How far back a gap is filled with candles, seconds. */
  readonly backfillSeconds: number;
  /** Our clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly tell: Tell;
}

/** Prices that wait for the database, a working day of many markets; what is older is given up. */
const MOST_PENDING = 10_000;

/** A market that has said nothing new for so long is told of: its price no longer counts (`DEFAULT_REFERENCE` in libs/lag). */
const SILENT_SECONDS = 300;

/** Gaps that are worth candles: of more than so many times the time between two prices. */
const GAP = 2.5;

/** Keeps the prices of one exchange in the store. Nothing that an exchange does reaches whoever calls it. */
export class ExchangeWatch {
  readonly #parts: ExchangeWatchParts;
  readonly #problems: Problems;
  readonly #isKept: (price: PriceObservation) => boolean;
  /** Undefined while another process watches the exchange, or the connection that holds the claim broke. */
  #claim: ChainClaim | undefined;
  #markets: readonly WatchedMarket[] | undefined;
  #watchedSince = 0;
  /** When each market last said something new, seconds. */
  readonly #heard = new Map<string, number>();
  /** Where what is stored of a market ends and candles are wanted from. */
  readonly #gaps = new Map<string, number>();
  #pending: PriceObservation[] = [];
  #writing: Promise<void> | undefined;
  #following: Promise<void> | undefined;
  #isSocketBroken = false;
  /** After a failure what the exchange lists is asked anew: one market that is gone makes some refuse all. */
  #isListDoubtful = false;
  /** Distances of the exchange's clock from ours in prices since the last look. */
  #clocks: number[] = [];
  #refused = 0;

  constructor(parts: ExchangeWatchParts) {
    this.#parts = parts;
    this.#problems = openProblems(parts.store, parts.chainId);
    this.#isKept = priceKeeper(parts.keeping);
  }

  /** Opens what is not open, asks for what was not heard of, stores, and tells of what is wrong. Not to be called twice at once. */
  async look(): Promise<void> {
    const { exchange, tell } = this.#parts;
    try {
      if (!(await this.#claimed())) return;
      await this.#open();
      const observations = await exchange.poll(this.#quiet());
      this.#take(observations);
      await this.#write();
      await this.#problems.over('down');
    } catch (error) {
      this.#isListDoubtful = true;
      const message = error instanceof Error ? error.message : String(error);
      tell({ type: 'error', name: 'ExchangeError', message, fatal: false });
      await this.#problems
        .open(
          'down',
          `${message}. Prices of ${exchange.id} grow old and do not count after five minutes; it is tried again by itself.`,
        )
        .catch(() => undefined);
    }
    if (this.#markets === undefined) return;
    await this.#fillGaps().catch(() => undefined);
    await this.#judge().catch(() => undefined);
  }

  async stop(): Promise<void> {
    await this.#parts.exchange.close();
    await this.#following;
    await this.#write().catch(() => undefined);
    await this.#claim?.release().catch(() => undefined);
  }

  /** Whether it is ours to keep: several processes on one database, such as one for each chain, may be told to watch the same. */
  async #claimed(): Promise<boolean> {
    if (this.#claim !== undefined) return true;
    const claim = await claimExchange(this.#parts.store, this.#parts.exchange.id);
    this.#claim = claim;
    void claim?.lost.then(() => (this.#claim = undefined));
    return claim !== undefined;
  }

  /** Codes that a person named and that the exchange does not list; undefined while that is not known. */
  get unlisted(): readonly string[] | undefined {
    if (this.#markets === undefined) return undefined;
    return this.#parts.exchange.unlisted.flatMap(({ code, isAsked }) => (isAsked ? [code] : []));
  }

  async #open(): Promise<void> {
    if (this.#markets !== undefined && !this.#isListDoubtful) return;
    const { exchange, store, backfillSeconds } = this.#parts;
    const markets = await exchange.load();
    this.#isListDoubtful = false;
    await writeExchangeMarkets(
      store,
      markets.map(({ symbol, code, quote, asset }) => ({
        ...{ exchange: exchange.id, symbol, base: code, quote, asset },
      })),
    );
    if (this.#markets !== undefined) {
      this.#markets = markets;
      return;
    }
    const now = this.#seconds();
    const stored = await readExchangePricesAt(store, { time: now, withinSeconds: backfillSeconds });
    for (const { symbol } of markets) {
      const last = stored.find((price) => price.exchange === exchange.id && price.symbol === symbol);
      this.#gaps.set(symbol, last?.time ?? now - backfillSeconds);
    }
    this.#watchedSince = now;
    this.#markets = markets;
    this.#following = exchange
      .follow({
        prices: (prices) => {
          this.#isSocketBroken = false;
          if (this.#claim === undefined) return;
          this.#take(prices);
          // What cannot be stored now waits for the next look.
          void this.#write().catch(() => undefined);
        },
        trouble: (error) => this.#tellOnce(error),
      })
      .catch((error: unknown) => this.#tellOnce(error as Error));
  }

  /** A socket that breaks is no incident while the exchange answers otherwise, and is told once. */
  #tellOnce({ message }: Error): void {
    if (this.#isSocketBroken) return;
    this.#isSocketBroken = true;
    this.#parts.tell({ type: 'error', name: 'ExchangeSocket', message, fatal: false });
  }

  /** Markets of which nothing was heard for as long as a price is kept. */
  #quiet(): string[] {
    const until = this.#seconds() - this.#parts.keeping.everySeconds;
    return (this.#markets ?? []).flatMap(({ symbol }) =>
      (this.#heard.get(symbol) ?? -Infinity) <= until ? [symbol] : [],
    );
  }

  #take(observations: readonly PriceObservation[]): void {
    const { keeping, backfillSeconds } = this.#parts;
    for (const price of observations) {
      const { symbol, time, exchangeTime } = price;
      const heard = this.#heard.get(symbol);
      if (heard !== undefined && time - heard > GAP * keeping.everySeconds && !this.#gaps.has(symbol))
        this.#gaps.set(symbol, Math.max(heard, time - backfillSeconds));
      this.#heard.set(symbol, time);
      if (exchangeTime !== undefined) this.#clocks.push(exchangeTime - time);
      if (this.#isKept(price)) this.#pending.push(price);
    }
    this.#pending = this.#pending.slice(-MOST_PENDING);
  }

  /** Stores what is pending, one batch after the other. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await writeExchangePrices(this.#parts.store, batch);
      } catch (error) {
        this.#pending = [...batch, ...this.#pending].slice(-MOST_PENDING);
        throw error;
      }
    }
  }

  /** A gap that cannot be filled is tried again at the next look, and is no reason not to fill others. */
  async #fillGaps(): Promise<void> {
    let failure: string | undefined;
    for (const [symbol, after] of this.#gaps) {
      try {
        await this.#fillGap(symbol, after);
        this.#gaps.delete(symbol);
      } catch (error) {
        failure ??= error instanceof Error ? error.message : String(error);
      }
    }
    await this.#problems.set(
      'gaps',
      failure !== undefined && `${failure}. What was missed of its prices is asked for again by itself.`,
    );
  }

  async #fillGap(symbol: string, after: number): Promise<void> {
    const { exchange, store, keeping } = this.#parts;
    const to = this.#seconds();
    if (to - after <= GAP * keeping.everySeconds) return;
    for await (const prices of exchange.candles(symbol, { after, to }))
      await writeExchangePrices(store, prices);
  }

  /** Tells of what an exchange says that cannot be, or does not say any more, and of what is over. */
  async #judge(): Promise<void> {
    const { exchange } = this.#parts;
    const now = this.#seconds();
    const silent = [...this.#heard].flatMap(([symbol, time]) =>
      now - time > SILENT_SECONDS ? [symbol] : [],
    );
    await this.#problems.set(
      'silent',
      silent.length > 0 &&
        `${exchange.id} has said nothing new of ${silent.join(', ')} for five minutes: these prices do not count. It is asked again by itself.`,
    );
    // A market without trades may give an old time; a clock that is off is off in all of them.
    const isOff =
      this.#clocks.length > 0 && this.#clocks.every((distance) => Math.abs(distance) > CLOCK_TOLERANCE);
    if (this.#clocks.length > 0)
      await this.#problems.set(
        'clock',
        isOff &&
          `The clock of ${exchange.id} and that of this machine are more than ${CLOCK_TOLERANCE} s apart. Ours counts: see that it is right.`,
      );
    this.#clocks = [];
    const refused = exchange.faults.noPrice + exchange.faults.absurd;
    await this.#problems.set(
      'refused',
      refused > this.#refused &&
        `${exchange.id} says prices that cannot be (none above 0, or many times or a small part of the last one). They are left out.`,
    );
    this.#refused = refused;
  }

  #seconds(): number {
    return this.#parts.now() / 1_000;
  }
}
