import { RetryableError } from '@undertow/units';
import { minuteCandles } from './candles.ts';
import { followTickers } from './follow-tickers.ts';
import type { ExchangeId } from './known-exchanges.ts';
import { loadClient, type CcxtClient, type CcxtTicker, type ExchangeUrls } from './load-client.ts';
import type { Patience } from './patience.ts';
import {
  noFaults,
  priceGate,
  type PriceFaults,
  type PriceGate,
  type PriceObservation,
} from './price-gate.ts';
import { marketsToWatch, type WatchedCode, type WatchedMarket } from './watched-codes.ts';

/** Which exchange, and what of it. */
export interface ExchangeOptions {
  readonly id: ExchangeId;
  readonly codes: readonly WatchedCode[];
  /** Our clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly urls?: ExchangeUrls | undefined;
  readonly patience?: Patience | undefined;
}

/** An exchange whose prices are watched. Whatever it does, what it fails with is a `RetryableError`. */
export interface Exchange {
  readonly id: ExchangeId;
  /** What was refused of it so far. */
  readonly faults: Readonly<PriceFaults>;
  /** Codes of which it lists no market in a dollar; known once it is loaded. */
  readonly unlisted: readonly WatchedCode[];
  /**
   * Asks what it lists, and gives the markets that are watched. To be called first, again until it succeeds, and later when it may
   * list others: those are then asked for, while the websocket stays with the first.
   */
  load(): Promise<readonly WatchedMarket[]>;
  /** Asks for prices by REST. */
  poll(symbols: readonly string[]): Promise<readonly PriceObservation[]>;
  /** Hears of prices by websocket until it is closed, and connects anew when it breaks. Ends at once where there is none. */
  follow(hear: Hearing): Promise<void>;
  /** Closes of minutes that ended after one time and by another, unix seconds, in parts. */
  candles(
    symbol: string,
    span: { readonly after: number; readonly to: number },
  ): AsyncIterable<readonly PriceObservation[]>;
  close(): Promise<void>;
}

/** Who hears of prices as they come, and of connections that broke. */
export interface Hearing {
  readonly prices: (observations: readonly PriceObservation[]) => void;
  readonly trouble: (error: RetryableError) => void;
}

/** Exchanges whose prices of several markets at once are those of the last full hour. */
const ONE_BY_ONE: ReadonlySet<ExchangeId> = new Set(['coinbaseexchange']);

/** Opens an exchange. Nothing is loaded and nobody is asked yet. */
export function openExchange({ id, codes, now, urls, patience }: ExchangeOptions): Exchange {
  const faults = noFaults();
  const gates = new Map<string, PriceGate>();
  const ending = new AbortController();
  let client: CcxtClient | undefined;
  let markets: readonly WatchedMarket[] = [];
  let unlisted: readonly WatchedCode[] = [];

  const clientOf = async (): Promise<CcxtClient> => (client ??= await loadClient(id, { urls, patience }));
  // A client that once could not read what is listed says so for ever.
  const forget = async (error: unknown): Promise<never> => {
    const failed = client;
    client = undefined;
    await failed?.close().catch(() => undefined);
    throw error;
  };
  const open = (): CcxtClient => {
    if (client === undefined) throw new Error(`bug: ${id} is asked before it is loaded`);
    return client;
  };
  const take = (tickers: readonly CcxtTicker[]): PriceObservation[] =>
    tickers.flatMap((ticker) => {
      const gate = gates.get(ticker.symbol);
      return gate?.take(rawOf(ticker), now()) ?? [];
    });

  return {
    id,
    faults,
    get unlisted() {
      return unlisted;
    },
    async load() {
      return asked(id, 'asking what it lists', async () => {
        const isAgain = markets.length > 0;
        const loading = (await clientOf()).loadMarkets(isAgain);
        const listed = Object.values(await (isAgain ? loading : loading.catch(forget)));
        markets = marketsToWatch(listed, codes);
        unlisted = codes.filter(({ code }) => !markets.some((market) => market.code === code));
        for (const { symbol } of markets)
          if (!gates.has(symbol)) gates.set(symbol, priceGate({ exchange: id, symbol }, faults));
        return markets;
      });
    },
    async poll(symbols) {
      if (symbols.length === 0) return [];
      return asked(id, 'asking for prices', async () => {
        const tickers = ONE_BY_ONE.has(id)
          ? await Promise.all(symbols.map((symbol) => open().fetchTicker(symbol)))
          : Object.values(await open().fetchTickers([...symbols]));
        return take(tickers);
      });
    },
    follow: ({ prices, trouble }) =>
      followTickers(open(), {
        symbols: markets.map(({ symbol }) => symbol),
        hear: (tickers) => {
          const taken = take(tickers);
          if (taken.length > 0) prices(taken);
        },
        trouble: (error) => trouble(problemOf(id, 'listening', error)),
        signal: ending.signal,
        patience,
      }),
    candles: (symbol, span) =>
      minuteCandles({ exchange: id, symbol }, span, (sinceMs) =>
        asked(id, `asking for candles of ${symbol}`, () => open().fetchOHLCV(symbol, '1m', sinceMs)),
      ),
    async close() {
      ending.abort();
      await client?.close().catch(() => undefined);
    },
  };
}

function rawOf({ last, bid, ask, quoteVolume, baseVolume, timestamp }: CcxtTicker) {
  const inQuote = baseVolume !== undefined && last !== undefined ? baseVolume * last : undefined;
  return { last, bid, ask, volume: quoteVolume ?? inQuote, exchangeMs: timestamp };
}

async function asked<T>(id: ExchangeId, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemOf(id, doing, error);
  }
}

/** Letters of a message that are shown: some exchanges answer with a whole page. */
const SHOWN = 200;

/** What went wrong, in one line. */
function problemOf(id: ExchangeId, doing: string, cause: unknown): RetryableError {
  if (cause instanceof RetryableError) return cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const text = message.replaceAll(/\s+/g, ' ').trim();
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return new RetryableError(`${id} failed while ${doing}: ${name}: ${short}`, { cause });
}
