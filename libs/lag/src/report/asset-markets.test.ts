import { importBook, marketPrices, type Book } from '@undertow/book';
import { held, oldBookFile, owed, POOL } from '../../../book/src/fixtures/old-book-file.ts';
import type { ExchangeQuote } from '../series/exchange-sources.ts';
import { assetMarkets } from './asset-markets.ts';
import { oracleReport } from './oracle-report.ts';

const book = importBook(
  oldBookFile({
    assets: [
      { symbol: 'USDC', decimals: 6, priceUsd: 1, isFixed: true },
      { symbol: 'WETH', priceUsd: 2_000, pool: { quote: 'USDC', liquidity: 2e8 } },
      {
        symbol: 'wstETH',
        priceUsd: 2_400,
        derivedFrom: { from: 'WETH', isRedeemable: true },
      },
    ],
    venues: [POOL],
    accounts: [
      { venue: POOL.id, legs: [held('WETH', 10, 0.8, 0.05), owed('USDC', 15_500)] },
      { venue: POOL.id, legs: [held('wstETH', 10, 0.8, 0.05), owed('USDC', 15_500)] },
    ],
  }),
);
const row = (symbol: string) => book.assets.findIndex((asset) => asset.symbol === symbol);

const quote = (exchange: string, price: number, more: Partial<ExchangeQuote> = {}): ExchangeQuote => ({
  exchange,
  symbol: 'ETH/USD',
  base: 'ETH',
  quote: 'USD',
  asset: 'WETH',
  time: book.time - 10,
  price,
  volume: 1e4 / price,
  exchangeTime: book.time - 11,
  ...more,
});
const inUsdt = (exchange: string, price: number) =>
  quote(exchange, price, { symbol: 'ETH/USDT', quote: 'USDT' });
const dollar = (exchange: string, base: string, price: number, against = 'USD') =>
  quote(exchange, price, { symbol: `${base}/${against}`, base, quote: against, asset: base });
const at = (symbol: string, quotes: readonly ExchangeQuote[], of: Book = book) =>
  assetMarkets(of, quotes)[row(symbol)]!;
const judged = (symbol: string, quotes: readonly ExchangeQuote[]) =>
  at(symbol, quotes).sources.map(({ name, rejected }) => [name, rejected]);

describe('what assets of a book trade at', () => {
  it('is what its pools say, to the last digit, while no exchange is asked', () => {
    expect(assetMarkets(book).map((market) => market?.priceUsd)).toEqual(marketPrices(book));
    const { sources, spread, of } = at('WETH', []);
    expect(sources).toMatchObject([{ kind: 'pools', rejected: undefined, ageSeconds: 0 }]);
    expect(sources[0]!.weightUsd).toBeGreaterThan(1e6);
    expect([spread, of]).toEqual([0, row('WETH')]);
    expect(assetMarkets(book)[row('USDC')]).toBeUndefined();
  });

  it('leaves out the one of three that lies, whatever it says that it trades', () => {
    const quotes = [quote('kraken', 1_990), quote('gemini', 1_992), quote('liar', 2_900, { volume: 1e12 })];
    expect(judged('WETH', quotes).slice(1)).toEqual([
      ['kraken', undefined],
      ['gemini', undefined],
      ['liar', 'outlier'],
    ]);
    expect(at('WETH', quotes).priceUsd).toBe(2_000);
  });

  it('leaves out no pool that is within its fee of where the exchanges agree', () => {
    const agreeing = (price: number) => [quote('kraken', price), quote('gemini', price)];
    expect(judged('WETH', agreeing(1_993)).map(([, reason]) => reason)).toEqual([
      ...[undefined, undefined, undefined],
    ]);
    expect(judged('WETH', agreeing(1_985)).map(([, reason]) => reason)).toEqual([
      ...['outlier', undefined, undefined],
    ]);
  });

  it('goes by what is traded: exchanges that trade more than the pools hold decide', () => {
    const volume = 1e9;
    const quotes = [quote('kraken', 1_990, { volume }), quote('gemini', 1_992, { volume })];
    expect(at('WETH', quotes).priceUsd).toBe(1_992);
  });

  it('does not choose between two, and shows how far they are apart', () => {
    const alone = { ...book, assets: book.assets.map((one) => ({ ...one, marketPriceUsd: undefined })) };
    const market = at(
      'WETH',
      [quote('kraken', 1_900, { volume: 1 }), quote('gemini', 2_100, { volume: 1 })],
      alone,
    );
    expect(market.sources.map(({ rejected }) => rejected)).toEqual([undefined, undefined]);
    expect(market.spread).toBeGreaterThan(0.04);
  });

  it('takes no dollar token for a dollar: at what exchanges pay for it, else not at all', () => {
    const alone = [inUsdt('binance', 2_040)];
    expect(judged('WETH', alone)).toEqual([
      [expect.stringContaining('pool'), undefined],
      ['binance', 'not-convertible'],
    ]);
    expect(at('WETH', alone).priceUsd).toBe(2_000);
    const priced = (more: readonly ExchangeQuote[]) => at('WETH', [...alone, ...more]).sources[1]!.priceUsd;
    expect(priced([dollar('kraken', 'USDT', 0.98)])).toBeCloseTo(2_040 * 0.98, 9);
    // By way of another token, and by a market that is the other way round.
    expect(priced([dollar('kraken', 'USDC', 0.98), dollar('binance', 'USDC', 1.01, 'USDT')])).toBeCloseTo(
      (2_040 * 0.98) / 1.01,
      9,
    );
    expect(priced([dollar('kraken', 'USDT', 0.98), dollar('gemini', 'USDT', 0.98)])).toBeCloseTo(
      2_040 * 0.98,
      9,
    );
  });

  it('prices pools by what exchanges pay for what they are quoted in', () => {
    const depegged = [dollar('kraken', 'USDC', 0.9), dollar('gemini', 'USDC', 0.9)];
    expect(at('USDC', depegged).priceUsd).toBeCloseTo(0.9, 12);
    expect(at('WETH', depegged).priceUsd).toBeCloseTo(1_800, 9);
  });

  it('leaves out what is old, and falls back to the pools where all exchanges are', () => {
    const old = { time: book.time - 301 };
    const quotes = [quote('kraken', 1_500, old), quote('gemini', 1_500, old)];
    expect(judged('WETH', quotes).map(([, reason]) => reason)).toEqual([undefined, 'old', 'old']);
    expect(at('WETH', quotes).priceUsd).toBe(2_000);
    const usdc = at('USDC', [{ ...dollar('kraken', 'USDC', 0.9), ...old }]);
    expect(usdc).toMatchObject({ priceUsd: undefined, spread: undefined, sources: [{ rejected: 'old' }] });
  });

  it('reaches what is exchanged for it, whose sources are its own', () => {
    const volume = 1e9;
    const quotes = [quote('kraken', 1_000, { volume }), quote('gemini', 1_000, { volume })];
    const { priceUsd, of, sources } = at('wstETH', quotes);
    expect(of).toBe(row('WETH'));
    expect(sources).toHaveLength(3);
    expect(priceUsd).toBeCloseTo(1_000 * book.assets[row('wstETH')]!.tie.ratio, 9);
  });

  it('says how far the clock of an exchange is from ours, and goes by ours', () => {
    const quotes = [quote('kraken', 2_001, { exchangeTime: book.time + 3_590 }), quote('gemini', 2_001)];
    const [, kraken] = at('WETH', quotes).sources;
    expect(kraken).toMatchObject({ clockSeconds: 3_600, ageSeconds: 10, rejected: undefined });
  });

  it('decides how far oracles are off and whom that hides', () => {
    const nothing = { formulas: new Map(), answeredAt: new Map(), answers: new Map() };
    const volume = 1e9;
    const fallen = [quote('kraken', 1_900, { volume }), quote('gemini', 1_900, { volume })];
    const { oracles, due } = oracleReport(book, nothing, assetMarkets(book, fallen));
    const weth = oracles.find(({ asset }) => asset === row('WETH'))!;
    expect(weth.deviation).toBeCloseTo(2_000 / 1_900 - 1, 12);
    expect(weth.market!.sources).toHaveLength(3);
    expect(due.hidden).toHaveLength(1);
    expect(oracleReport(book, nothing).due.hidden).toEqual([]);
  });
});
