import { setTimeout as delay } from 'node:timers/promises';
import type { CcxtClient, CcxtTicker } from './load-client.ts';
import { DEFAULT_PATIENCE, pauseAfter, type Patience } from './patience.ts';

interface Following {
  readonly symbols: readonly string[];
  /** Tickers that have changed. */
  readonly hear: (tickers: readonly CcxtTicker[]) => void;
  readonly trouble: (error: unknown) => void;
  readonly signal: AbortSignal;
  readonly patience: Patience | undefined;
}

/** How often what a websocket has said is looked through: what came while nobody waited is known by the client, and told to nobody. */
const LOOK_MS = 1_000;

/**
 * Hears of tickers by websocket until the signal, and connects anew when that fails. Where an exchange lets one listen to several
 * markets at once it is one subscription, else one for each. Ends at once where it has no websocket.
 */
export async function followTickers(client: CcxtClient, following: Following): Promise<void> {
  const { symbols } = following;
  const listening = subscriptions(client, symbols);
  if (symbols.length === 0 || listening.length === 0) return;
  const heard = new Map<string, CcxtTicker>();
  const look = () => {
    // Of a ticker that has not changed the client has the very same.
    const fresh = symbols.flatMap((symbol) => {
      const ticker = client.tickers[symbol];
      return ticker === undefined || heard.get(symbol) === ticker ? [] : [ticker];
    });
    for (const ticker of fresh) heard.set(ticker.symbol, ticker);
    if (fresh.length > 0 && !following.signal.aborted) following.hear(fresh);
  };
  const timer = setInterval(look, LOOK_MS);
  try {
    await Promise.all(listening.map((next) => listen(next, look, following)));
  } finally {
    clearInterval(timer);
  }
}

/** Ways to wait for the next ticker. */
function subscriptions(client: CcxtClient, symbols: readonly string[]): readonly (() => Promise<unknown>)[] {
  if (client.has['watchTickers'] === true) return [() => client.watchTickers([...symbols])];
  if (client.has['watchTicker'] === true) return symbols.map((symbol) => () => client.watchTicker(symbol));
  return [];
}

async function listen(
  next: () => Promise<unknown>,
  look: () => void,
  { trouble, signal, patience = DEFAULT_PATIENCE }: Following,
): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      await next();
      failures = 0;
      look();
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      trouble(error);
      await delay(pauseAfter(failures, patience), undefined, { signal }).catch(() => undefined);
    }
  }
}
