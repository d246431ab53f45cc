import { ConfigError } from '@undertow/units';

/**
 * Exchanges that can be watched: those that give tickers and candles of a minute without a key, and whose modules of ccxt were looked
 * at. Their names are those of ccxt.
 */
export const KNOWN_EXCHANGES = [
  'binance',
  'binanceus',
  'bitfinex',
  'bitstamp',
  'bybit',
  'coinbaseexchange',
  'gate',
  'gemini',
  'kraken',
  'kucoin',
  'okx',
] as const;
export type ExchangeId = (typeof KNOWN_EXCHANGES)[number];

/** Exchanges as a person lists them: `binance,kraken`. Each once. */
export function parseExchanges(text: string): ExchangeId[] {
  const names = text.split(',').flatMap((name) => name.trim().toLowerCase() || []);
  if (names.length === 0)
    throw new ConfigError(`No exchange is named. Known: ${KNOWN_EXCHANGES.join(', ')}.`);
  return [...new Set(names.map(knownExchange))];
}

function knownExchange(name: string): ExchangeId {
  const known = KNOWN_EXCHANGES.find((id) => id === name);
  if (known) return known;
  throw new ConfigError(
    `No exchange ${JSON.stringify(name)} can be watched. Known: ${KNOWN_EXCHANGES.join(', ')}.`,
  );
}
