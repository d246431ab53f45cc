import { importBook, type Book } from '@undertow/book';
import { randomLcg, randomNormal } from 'd3-random';
import { held, oldBookFile, owed, POOL } from '../../../book/src/fixtures/old-book-file.ts';
import { keptFlags } from '../fixtures/kept-flags.ts';
import { wanderingMarket } from '../fixtures/market-path.ts';
import type { FlagKind } from '../flags/flag-rule.ts';
import { movesOf } from '../series/moves-of.ts';
import { between, priceAt, priceSeries, type PriceSeries } from '../series/price-series.ts';
import { assetMarkets } from './asset-markets.ts';
import { oracleReport } from './oracle-report.ts';
import { sourceStandings } from './source-standings.ts';
import { watchedOf } from './watched.ts';

// Exchanges that go wrong, each in its way, over several seeds: raised within two readings of what is wrong by the scenario itself, not before,
// and of nobody else; and exchanges that do not.

const SEEDS = [1, 2, 3];
const DAY = 86_400;
const STEP = 300;
const HOUR = 3_600;
const START = 1_700_000_000;
const WRONG = START + DAY / 2;

const book = importBook(
  oldBookFile({
    assets: [
      { symbol: 'USDC', decimals: 6, priceUsd: 1, isFixed: true },
      { symbol: 'WETH', priceUsd: 2_000, pool: { quote: 'USDC', liquidity: 2e8 } },
    ],
    venues: [POOL],
    accounts: [{ venue: POOL.id, legs: [held('WETH', 10, 0.8, 0.05), owed('USDC', 15_500)] }],
  }),
);

/** What three exchanges say every minute: the market, each a hundredth of a percent beside it. */
function exchangesOf(seed: number, days: number) {
  const market = wanderingMarket(days * 1_440, { seed, start: START });
  const normal = randomNormal.source(randomLcg(seed + 0.5))(0, 0.0001);
  const beside = () =>
    priceSeries(
      [...market.times].map((time, row) => ({ time, price: market.prices[row]! * Math.exp(normal()) })),
    ).series;
  return { market, said: { kraken: beside(), gemini: beside(), binanceus: beside() } };
}
type Said = Readonly<Record<string, PriceSeries>>;

interface Read {
  readonly from: number;
  readonly to: number;
  /** By how much the clock of one of them is ahead. */
  readonly ahead?: (time: number) => number;
}

/** What is watched of exchanges every five minutes, by all that was heard by then. */
function* readings(said: Said, market: PriceSeries, { from, to, ahead = () => 0 }: Read) {
  for (let time = from; time < to; time += STEP) {
    const heard = Object.entries(said).map(([exchange, series]) => ({
      ...{ exchange, symbol: 'ETH/USD' },
      ...movesOf(between(series, time - HOUR + 1, time + 1)),
    }));
    const quotes = Object.entries(said).map(([exchange, series]) => {
      const before = between(series, -Infinity, time + 1);
      const [at, price] = [before.times.at(-1)!, before.prices.at(-1)!];
      const exchangeTime = at + (exchange === 'kraken' ? ahead(at) : 0);
      const of = { exchange, symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH' };
      return { ...of, time: at, price, volume: 1e6, exchangeTime };
    });
    const assets = book.assets.map((asset) =>
      asset.symbol === 'WETH' ? { ...asset, marketPriceUsd: priceAt(market, time) } : asset,
    );
    const now: Book = { ...book, time, assets };
    const nothing = { formulas: new Map(), answeredAt: new Map(), answers: new Map() };
    const report = oracleReport(now, { ...nothing, heard }, assetMarkets(now, quotes));
    yield { time, report, watched: watchedOf(now, report).filter(({ kind }) => kind === 'source') };
  }
}

const from = (series: PriceSeries, change: (time: number, price: number) => number | undefined) =>
  priceSeries(
    [...series.times].flatMap((time, row) => {
      const price = time < WRONG ? series.prices[row]! : change(time, series.prices[row]!);
      return price === undefined ? [] : [{ time, price }];
    }),
  ).series;

const SCENARIOS: Readonly<
  Partial<Record<FlagKind, { onset: number; change?: Parameters<typeof from>[1]; ahead?: number }>>
> = {
  silent: { onset: WRONG + 240, change: () => undefined },
  outlying: { onset: WRONG, change: (_, price) => price * 1.03 },
  'clock-apart': { onset: WRONG, ahead: 90 },
  // One point, known to have come back at the next.
  spiking: { onset: WRONG + 60, change: (time, price) => (time < WRONG + 60 ? price * 1.2 : price) },
};

it.each(Object.entries(SCENARIOS))(
  'an exchange that is %s is told so within two readings, and nobody else',
  (kind, { onset, change, ahead }) => {
    for (const seed of SEEDS) {
      const { market, said } = exchangesOf(seed, 1);
      const changed = change ? { ...said, kraken: from(said.kraken, change) } : said;
      const read = {
        from: WRONG - HOUR,
        to: WRONG + HOUR,
        ahead: (time: number) => (time < WRONG ? 0 : (ahead ?? 0)),
      };
      const { flags } = keptFlags([...readings(changed, market, read)]);
      expect(flags.map((flag) => `${flag.kind} ${flag.subject}`)).toEqual([`${kind} source kraken ETH/USD`]);
      const [{ start, raisedAt, label, assets, atStakeUsd } = flags[0]!] = flags;
      expect(start).toBeGreaterThanOrEqual(onset);
      expect(raisedAt - onset).toBeLessThan(2 * STEP);
      expect([label, assets]).toEqual(['ETH/USD at kraken', ['WETH']]);
      expect(atStakeUsd).toBeGreaterThan(0);
    }
  },
);

it('exchanges of a quiet market are told nothing of for three days', () => {
  const { market, said } = exchangesOf(9, 3);
  for (const { time, report } of readings(said, market, { from: START + HOUR, to: START + 3 * DAY }))
    expect([time, report.sources.flatMap(({ warnings }) => warnings)]).toEqual([time, []]);
});

it('pools alone have nobody to be held against, and of two nobody knows which one lies', () => {
  expect(sourceStandings(assetMarkets(book), [])).toEqual([]);
  const quote = (exchange: string, price: number) => ({
    ...{ exchange, symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH', time: book.time },
    ...{ price, volume: undefined, exchangeTime: undefined },
  });
  const two = sourceStandings(assetMarkets(book, [quote('kraken', 4_000)]), []);
  expect(two.map(({ kind, values }) => [kind, values])).toEqual([
    ['pools', {}],
    ['exchange', { silence: 0 }],
  ]);
});
