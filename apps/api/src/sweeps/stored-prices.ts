import { isCalledDollar } from '@undertow/book';
import type { Reference } from '@undertow/market';
import { STEP_SECONDS, type ExchangeMarket, type SeriesPart, type Step } from '@undertow/store';
import type { PriceRow, PriceSource } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import type { SeriesSource } from '../series-source.ts';

/** What prices are read, up to a time. */
export interface PricesWanted {
  /** As people name what moves: `ETH`. */
  readonly factors: readonly string[];
  readonly stepSeconds: number;
  /** Unix seconds. */
  readonly to: number;
}

/** Where stored prices are. */
export interface PriceStore {
  readonly series: Pick<SeriesSource, 'exchange' | 'exchangeMarkets' | 'feed'>;
  readonly reference: Reference;
}

/** Older prices say little of today. Seconds. */
const LONGEST = 3 * 365 * 86_400;
/** What is called a dollar is taken for one. */
const isInDollars = ({ quote }: ExchangeMarket) => isCalledDollar(quote, 1);

interface ClosingPrice {
  readonly time: number;
  readonly close: number;
}

/** Prices of factors, and whose they are. */
export interface StoredPrices {
  readonly rows: readonly PriceRow[];
  readonly sources: readonly PriceSource[];
}

/**
 * Stored prices of factors: for each of its markets on exchanges, and where there are none of feeds that answer in USD, the one
 * with the most. A price is that of the end of its step.
 *
 * @throws BadDataError for a factor without stored prices, and a step that is no number of minutes.
 */
export async function storedPrices(store: PriceStore, wanted: PricesWanted): Promise<StoredPrices> {
  const { lacking, ...stored } = await pricesThatAreStored(store, wanted);
  if (lacking.length === 0) return stored;
  const markets = await store.series.exchangeMarkets();
  throw new BadDataError(
    `no price of ${lacking[0]} in USD is stored: watch a market of an exchange that trades it, or take ${knownOf(store.reference, markets)}`,
  );
}

/**
 * The same of those factors that have stored prices, with the others by name.
 *
 * @throws BadDataError for a step that is no number of minutes.
 */
export async function pricesThatAreStored(
  store: PriceStore,
  wanted: PricesWanted,
): Promise<StoredPrices & { readonly lacking: readonly string[] }> {
  const { stepSeconds } = wanted;
  const step = (['day', 'hour', 'minute'] as const).find((one) => stepSeconds % STEP_SECONDS[one] === 0);
  if (step === undefined || stepSeconds <= 0)
    throw new BadDataError(`the step must be whole minutes, but is ${stepSeconds} seconds`);
  const markets = await store.series.exchangeMarkets();
  const rows: PriceRow[] = [];
  const sources: PriceSource[] = [];
  const lacking: string[] = [];
  for (const symbol of wanted.factors) {
    const { source, points } = await pricesOf(symbol, { store, markets, step, to: wanted.to });
    const own = points.filter(({ close }) => close > 0);
    if (own.length === 0) {
      lacking.push(symbol);
      continue;
    }
    const times = own.map(({ time }) => time + STEP_SECONDS[step]);
    for (const [i, { close }] of own.entries()) rows.push({ time: times[i]!, symbol, price: close });
    sources.push({ what: symbol, source, prices: own.length, from: times[0]!, to: times.at(-1)! });
  }
  return { rows, sources, lacking };
}

interface Reading {
  readonly store: PriceStore;
  readonly markets: readonly ExchangeMarket[];
  readonly step: Step;
  readonly to: number;
}

/** Somebody who says prices, as people call it. */
interface Source {
  readonly name: string;
  readonly read: (from: number) => Promise<SeriesPart<ClosingPrice>>;
}

/** Of several sources the one that says most: prices of two are not mixed, as jumps between them would be taken for moves. */
async function pricesOf(
  symbol: string,
  reading: Reading,
): Promise<{ readonly source: string; readonly points: readonly ClosingPrice[] }> {
  const { series, reference } = reading.store;
  const wanted = symbol.toLowerCase();
  const markets = reading.markets.filter(
    (market) =>
      isInDollars(market) && [market.base, market.asset].some((name) => name.toLowerCase() === wanted),
  );
  const feeds = reference.feeds.filter(
    ({ description }) => description.toLowerCase().replaceAll(' ', '') === `${wanted}/usd`,
  );
  const most = async (all: readonly Source[]) => {
    let best: { readonly source: string; readonly points: readonly ClosingPrice[] } = {
      source: '',
      points: [],
    };
    for (const { name, read } of all) {
      const points = await wholeSeries(read, reading.to);
      if (points.length > best.points.length) best = { source: name, points };
    }
    return best;
  };
  const part = (from: number) => ({ from, to: reading.to, step: reading.step });
  const said = await most(
    markets.map((market) => ({
      name: `${market.exchange} ${market.symbol}`,
      read: (from) => series.exchange({ ...market, ...part(from) }),
    })),
  );
  if (said.points.length > 0) return said;
  return most(
    feeds.map(({ id, decimals, description }) => ({
      name: `feed ${description}`,
      read: (from) => series.feed({ feed: id, decimals, ...part(from) }),
    })),
  );
}

async function wholeSeries(
  read: (from: number) => Promise<SeriesPart<ClosingPrice>>,
  to: number,
): Promise<readonly ClosingPrice[]> {
  const found: ClosingPrice[] = [];
  for (let from: number | undefined = Math.max(0, to - LONGEST); from !== undefined;) {
    const { points, next }: SeriesPart<ClosingPrice> = await read(from);
    found.push(...points);
    from = next;
  }
  return found;
}

/** What prices there are of, in a list of words. */
function knownOf({ feeds }: Reference, markets: readonly ExchangeMarket[]): string {
  const named = [
    ...markets.filter(isInDollars).map(({ base }) => base),
    ...feeds.flatMap(({ description }) => /^(\S+)\s*\/\s*USD$/i.exec(description)?.[1] ?? []),
  ];
  return named.length === 0 ? 'a plan that needs no prices' : `one of ${[...new Set(named)].join(', ')}`;
}
