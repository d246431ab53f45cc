import { sell } from '@undertow/liquidity';
import { assetLinks } from './asset-links.ts';
import { handMadeBook, type HandMadeAsset } from './fixtures/hand-made-book.ts';
import { openMarkets } from './markets.ts';
import { shockedPrices } from './shock.ts';

const WETH: HandMadeAsset = { symbol: 'WETH', priceUsd: 2_000, decimals: 18, liquidity: 1e5 };
const USDC: HandMadeAsset = { symbol: 'USDC', priceUsd: 1, decimals: 6 };
const derived = (symbol: string, ratio: number, more: Partial<HandMadeAsset> = {}): HandMadeAsset => ({
  ...{ symbol, priceUsd: 2_000 * ratio, decimals: 18, derivedFrom: { asset: 'WETH' } },
  ...more,
});

/** Trades amounts by symbol at the book's own prices, or after shocks. */
function traded(assets: readonly HandMadeAsset[], amounts: Record<string, number>, shock = 0) {
  const book = handMadeBook(assets, []);
  const rowOf = (symbol: string) => assets.findIndex((asset) => asset.symbol === symbol);
  const shocks = shock === 0 ? {} : { [book.assets[rowOf('WETH')]!.address]: shock };
  const start = shockedPrices(book, { shocks }).marketPriceUsd;
  const markets = openMarkets(book, assetLinks(book), start);
  const trade = (units: Record<string, number>) =>
    markets.trade(Float64Array.from(assets, ({ symbol }) => units[symbol] ?? 0));
  const trades = trade(amounts);
  const priceUsd = (symbol: string) => markets.priceUsd[rowOf(symbol)]!;
  const of = (column: Float64Array, symbol: string) => column[rowOf(symbol)]!;
  return { book, trades, trade, priceUsd, of };
}

describe('openMarkets', () => {
  test('sells a redeemable derived asset without a pool as what it stands for', () => {
    const assets = [derived('staked', 1.2), WETH, USDC];
    const { trades, priceUsd, of } = traded(assets, { staked: 10 });
    const direct = traded(assets, { WETH: 12 });
    expect([of(trades.sold, 'staked'), of(trades.sold, 'WETH')]).toEqual([10, 12]);
    expect(trades.cashUsd).toBe(direct.trades.cashUsd);
    expect(priceUsd('WETH')).toBe(direct.priceUsd('WETH'));
    expect(priceUsd('staked')).toBeCloseTo(1.2 * priceUsd('WETH'), 9);
  });

  test('buys one likewise, and through several steps of derivation', () => {
    const wrapped = derived('wrapped', 1.5, { derivedFrom: { asset: 'staked' } });
    const { trades, of } = traded([wrapped, derived('staked', 1.2), WETH, USDC], { wrapped: -4 });
    expect(of(trades.bought, 'wrapped')).toBe(4);
    expect(of(trades.bought, 'staked')).toBeCloseTo(5, 12);
    expect(of(trades.bought, 'WETH')).toBeCloseTo(6, 12);
    expect(trades.cashUsd).toBeLessThan(-12_000);
  });

  test('redeems at the ratio after a depeg', () => {
    const book = handMadeBook([derived('staked', 1.2), WETH, USDC], []);
    const start = shockedPrices(book, { shocks: { [book.assets[0]!.address]: -0.5 } }).marketPriceUsd;
    const trades = openMarkets(book, assetLinks(book), start).trade(Float64Array.of(10, 0, 0));
    expect(trades.sold[1]).toBeCloseTo(6, 12);
  });

  test('cannot sell one that is not redeemable and has no pool', () => {
    const assets = [derived('claim', 1, { derivedFrom: { asset: 'WETH', isRedeemable: false } }), WETH, USDC];
    const { trades, priceUsd, of } = traded(assets, { claim: 10 });
    expect(of(trades.unsold, 'claim')).toBe(10);
    expect([trades.cashUsd, priceUsd('WETH')]).toEqual([0, 2_000]);
  });

  test('cannot sell one whose base has no market either', () => {
    const { liquidity: _, ...still } = WETH;
    const { trades, of } = traded([derived('staked', 1.2), still, USDC], { staked: 10 });
    expect(of(trades.unsold, 'staked')).toBe(10);
  });

  test.each([['USDC'], ['WETH'], ['DAI']])(
    'keeps the distance of a derived pool quoted in %s to its base',
    (quote) => {
      const dai: HandMadeAsset = { symbol: 'DAI', priceUsd: 1, decimals: 18, liquidity: 1e6 };
      const assets = [derived('staked', 1.2, { liquidity: 5e4, quote }), WETH, dai, USDC];
      // First its own pool is traded: its ratio falls. Then the base is: both fall alike.
      const { priceUsd, trade, book, trades, of } = traded(assets, { staked: 20 }, -0.2);
      const fill = sell(book.depth[0]!, Math.sqrt(1_920 / (quote === 'WETH' ? 1_600 : 1)), 20);
      expect(of(trades.ownMove, 'staked')).toBeLessThan(1);
      const inQuote = fill.sqrtPriceAfter ** 2 * (quote === 'WETH' ? priceUsd('WETH') : 1);
      expect(priceUsd('staked')).toBeCloseTo(inQuote, 6);
      const ratio = priceUsd('staked') / priceUsd('WETH');
      trade({ WETH: 300 });
      expect(priceUsd('WETH')).toBeLessThan(1_500);
      expect(priceUsd('staked') / priceUsd('WETH')).toBeCloseTo(ratio, 12);
      // Its pool was brought there: the next trade starts from that price, so that its first unit fetches it.
      const before = priceUsd('staked');
      expect(trade({ staked: 1e-6 }).cashUsd / 1e-6).toBeCloseTo(before, 2);
    },
  );

  test('the base does not follow what hangs on it', () => {
    const assets = [
      derived('perp', 1, { liquidity: 5e4, derivedFrom: { asset: 'WETH', isRedeemable: false } }),
      WETH,
      USDC,
    ];
    const { trades, priceUsd } = traded(assets, { perp: 50 });
    expect(priceUsd('perp')).toBeLessThan(2_000);
    expect(priceUsd('WETH')).toBe(2_000);
    expect([...trades.moved]).toEqual([0]);
  });

  test('refuses an asset that is quoted in what is derived from it', () => {
    const assets = [derived('staked', 1.2), { ...WETH, quote: 'staked' }, USDC];
    expect(() => assetLinks(handMadeBook(assets, []))).toThrow(/circle/);
  });
});
