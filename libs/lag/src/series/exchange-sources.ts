import { DEFAULT_REFERENCE, marketReference, type ReferenceOptions } from './market-reference.ts';

/** The newest price that a market of an exchange is known to have had. */
export interface ExchangeQuote {
  readonly exchange: string;
  /** Such as `ETH/USDT`. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  /** Symbol of the asset that the base stands for. */
  readonly asset: string;
  /** When we saw it, unix seconds. */
  readonly time: number;
  /** Units of the quote per unit of the base. */
  readonly price: number;
  /** Traded in the 24 hours before, in units of the quote; undefined where the exchange does not say. */
  readonly volume: number | undefined;
  /** What the exchange's own clock said, unix seconds; undefined where it does not say. */
  readonly exchangeTime: number | undefined;
}

/** The same in USD, at a time. */
export interface ExchangeSource {
  readonly exchange: string;
  readonly symbol: string;
  readonly asset: string;
  /** Undefined where nobody says what the quote is worth. */
  readonly priceUsd: number | undefined;
  /** Traded in the 24 hours before, USD; undefined where that is not known. */
  readonly volumeUsd: number | undefined;
  readonly ageSeconds: number;
  /** How far the exchange's clock was ahead of ours, seconds; undefined where it does not say. */
  readonly clockSeconds: number | undefined;
}

/** What exchanges quote in beside USD. Nothing else says what these are worth: not the price of what is quoted in both. */
const DOLLAR_TOKENS = ['USDT', 'USDC'];

/** What prices of exchanges say in USD at a time. What is quoted in dollar tokens is worth what exchanges pay for these in USD. */
export function exchangeSources(
  quotes: readonly ExchangeQuote[],
  time: number,
  options: ReferenceOptions = DEFAULT_REFERENCE,
): ExchangeSource[] {
  const rates = dollarRates(quotes, time, options);
  return quotes.map(({ exchange, symbol, asset, quote, price, volume, ...said }) => {
    const rate = rates.get(quote);
    const isKnown = rate !== undefined;
    return {
      exchange,
      symbol,
      asset,
      priceUsd: isKnown ? price * rate : undefined,
      volumeUsd: isKnown && volume !== undefined ? volume * rate : undefined,
      ageSeconds: time - said.time,
      clockSeconds: said.exchangeTime === undefined ? undefined : said.exchangeTime - said.time,
    };
  });
}

/**
 * USD per unit of a dollar token: first of those that are traded against USD itself, then of those that are traded against these.
 * `USDC/USDT` says both what USDC is worth in USDT and the reverse.
 */
function dollarRates(
  quotes: readonly ExchangeQuote[],
  time: number,
  options: ReferenceOptions,
): ReadonlyMap<string, number> {
  const rates = new Map([['USD', 1]]);
  for (let isNew = true; isNew;) {
    const found = DOLLAR_TOKENS.flatMap((code): [string, number][] => {
      if (rates.has(code)) return [];
      const sources = quotes.flatMap((quoted) => {
        const priceUsd = priceOf(code, quoted, rates);
        if (priceUsd === undefined) return [];
        const { exchange, symbol, volume, time: saidAt } = quoted;
        const weight = volume !== undefined && volume > 0 ? volume : 1;
        return [{ source: `${exchange} ${symbol}`, price: priceUsd, weight, ageSeconds: time - saidAt }];
      });
      const reference = marketReference(sources, options);
      return reference ? [[code, reference.price]] : [];
    });
    for (const [code, rate] of found) rates.set(code, rate);
    isNew = found.length > 0;
  }
  return rates;
}

/** What a market says of a currency in USD, where it trades it against one of which that is known. */
function priceOf(
  code: string,
  { base, quote, price }: ExchangeQuote,
  rates: ReadonlyMap<string, number>,
): number | undefined {
  const [quoteUsd, baseUsd] = [rates.get(quote), rates.get(base)];
  if (base === code && quoteUsd !== undefined) return price * quoteUsd;
  if (quote === code && baseUsd !== undefined) return baseUsd / price;
  return undefined;
}
