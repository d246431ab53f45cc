import type { ExchangeId } from './known-exchanges.ts';
import { DEFAULT_PATIENCE, type Patience } from './patience.ts';
import type { ListedMarket } from './watched-codes.ts';

/** The part of ccxt's tickers that is read. */
export interface CcxtTicker {
  readonly symbol: string;
  readonly last?: number | undefined;
  readonly bid?: number | undefined;
  readonly ask?: number | undefined;
  readonly baseVolume?: number | undefined;
  readonly quoteVolume?: number | undefined;
  /** Milliseconds since 1970. */
  readonly timestamp?: number | undefined;
}

/** A candle as ccxt gives it: its start in milliseconds, then open, high, low, close and volume. */
export type CcxtCandle = readonly (number | undefined)[];

/** The part of ccxt's clients that is used. */
export interface CcxtClient {
  readonly has: Readonly<Record<string, unknown>>;
  loadMarkets(reload: boolean): Promise<Readonly<Record<string, ListedMarket>>>;
  fetchTicker(symbol: string): Promise<CcxtTicker>;
  fetchTickers(symbols: readonly string[]): Promise<Readonly<Record<string, CcxtTicker>>>;
  fetchOHLCV(symbol: string, timeframe: string, sinceMs: number): Promise<readonly CcxtCandle[]>;
  /** What was said last of every market. */
  readonly tickers: Readonly<Record<string, CcxtTicker>>;
  watchTickers(symbols: readonly string[]): Promise<unknown>;
  watchTicker(symbol: string): Promise<unknown>;
  loadHttpProxyAgent(): Promise<unknown>;
  close(): Promise<unknown>;
}

/** Other addresses than the exchange's own, in the form of ccxt's `urls`: a proxy's, or a test's. */
export type ExchangeUrls = Readonly<Record<string, unknown>>;

interface ClientOptions {
  readonly urls?: ExchangeUrls | undefined;
  readonly patience?: Patience | undefined;
}

/** Requests that are not answered for longer have failed. */
const TIMEOUT_MS = 10_000;

/**
 * The client of one exchange. Its modules alone are loaded: the package offers only all of its hundred exchanges at once, which
 * takes four times as long and three times the memory, so that the module is found beside the package's entry.
 *
 * @param patience how long it waits by itself before it opens a websocket again that lately broke.
 */
export async function loadClient(
  id: ExchangeId,
  { urls, patience = DEFAULT_PATIENCE }: ClientOptions = {},
): Promise<CcxtClient> {
  const module = new URL(`./src/pro/${id}.js`, import.meta.resolve('ccxt'));
  const { default: Client } = (await import(module.href)) as {
    readonly default: new (config: object) => CcxtClient;
  };
  const client = new Client({
    enableRateLimit: true,
    timeout: TIMEOUT_MS,
    ...(urls && { urls }),
    options: {
      ...{ defaultType: 'spot', fetchMarkets: { types: ['spot'] } },
      ws: { backoff: { base: patience.firstPauseMs, max: patience.longestPauseMs } },
    },
  });
  // Without it no websocket is opened but over TLS, which addresses of one's own need not have.
  if (urls) await client.loadHttpProxyAgent();
  return client;
}
