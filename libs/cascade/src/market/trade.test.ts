import type { Book } from '@undertow/book';
import fc from 'fast-check';
import { handMadeBook, type HandMadeAsset } from '../fixtures/hand-made-book.ts';
import { shocked } from '../resolve-moves.ts';
import { caughtUp, marketPriceUsd, openMarket } from './market.ts';
import { marginalUsd } from './marginal-price.ts';
import { placesAfter, trade, type Trade } from './trade.ts';

const LIQUIDITY = 100_000;
const WETH: HandMadeAsset = { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: LIQUIDITY };
const USDC: HandMadeAsset = { symbol: 'USDC', priceUsd: 1, decimals: 6 };
const staked: HandMadeAsset = { symbol: 'staked', priceUsd: 1_200, decimals: 18, tie: { to: 'WETH' } };
const pooled: HandMadeAsset = {
  symbol: 'pooled',
  priceUsd: 1_100,
  decimals: 18,
  liquidity: LIQUIDITY,
  quote: 'WETH',
  tie: { kind: 'pegged', to: 'WETH', capacity: 0 },
};
const GHO: HandMadeAsset = { symbol: 'GHO', priceUsd: 1, decimals: 18, liquidity: 1_000, tie: {} };
const RWA: HandMadeAsset = { symbol: 'RWA', priceUsd: 100, decimals: 18 };
const ASSETS = [WETH, USDC, staked, pooled, GHO, RWA];

function tradeOf(amounts: Readonly<Record<string, number>>, book: Book = handMadeBook(ASSETS, [])) {
  const market = openMarket(book);
  const { places } = shocked(book, market, { moves: [] });
  const rowOf = (symbol: string) => book.assets.findIndex((asset) => asset.symbol === symbol);
  const units = new Float64Array(book.assets.length);
  for (const [symbol, amount] of Object.entries(amounts)) units[rowOf(symbol)] = amount;
  const traded: Trade = trade(market, places, units);
  const after = placesAfter(market, places, traded);
  /** When the round is over, and what follows late has followed. */
  const priceOf = (symbol: string) => marketPriceUsd(market, caughtUp(market, after), rowOf(symbol));
  const column = (of: 'sold' | 'bought' | 'exchanged' | 'unsold') =>
    book.assets.map((_, row) => traded.assets.find(({ asset }) => asset === row)?.[of] ?? 0);
  const done = {
    places: after,
    cashUsd: traded.cashUsd,
    sold: column('sold'),
    bought: column('bought'),
    exchanged: column('exchanged'),
    unsold: column('unsold'),
    marginalUsd: book.assets.map((_, row) => marginalUsd(market, places, traded, row)),
  };
  return { market, done, rowOf, priceOf };
}

/** Where a constant product stands after units were sold (negative: bought) at a price, and what that paid. */
const afterSelling = (price: number, units: number, liquidity = LIQUIDITY) => {
  const root = Math.sqrt(price) / (1 + (units * Math.sqrt(price)) / liquidity);
  return { price: root ** 2, paid: liquidity * (Math.sqrt(price) - root) };
};

describe('trade', () => {
  test('sells on the asset’s own curve, for cash', () => {
    const { done, priceOf } = tradeOf({ WETH: 50 });
    const after = afterSelling(1_000, 50);
    expect(priceOf('WETH')).toBeCloseTo(after.price, 9);
    expect(done.cashUsd).toBeCloseTo(after.paid, 6);
    expect(done.marginalUsd[0]).toBeCloseTo(after.price, 9);
  });

  test('buying costs what selling brings, the other way round', () => {
    const { done, priceOf } = tradeOf({ WETH: -50 });
    expect(priceOf('WETH')).toBeCloseTo(afterSelling(1_000, -50).price, 9);
    expect(done.cashUsd).toBeCloseTo(afterSelling(1_000, -50).paid, 6);
    expect(done.bought[0]).toBe(50);
  });

  test('what is redeemed is sold as what it is redeemed for, and both prices fall', () => {
    const { done, priceOf } = tradeOf({ staked: 50 });
    const after = afterSelling(1_000, 60);
    expect(done.exchanged[2]).toBe(50);
    expect(done.sold[0]).toBe(60);
    expect(priceOf('WETH')).toBeCloseTo(after.price, 9);
    expect(priceOf('staked')).toBeCloseTo(after.price * 1.2, 9);
  });

  test('collateral and debt of one family are set off: no market is touched', () => {
    const { done, priceOf } = tradeOf({ staked: 100, WETH: -119 });
    expect(done.sold[0]).toBeCloseTo(1, 9);
    expect(priceOf('WETH')).toBeCloseTo(afterSelling(1_000, 1).price, 9);
    expect(done.cashUsd).toBeCloseTo(afterSelling(1_000, 1).paid, 6);
  });

  test('what is pegged trades in its own pool, against what it is quoted in', () => {
    const { done, priceOf } = tradeOf({ pooled: 100 });
    const first = afterSelling(1.1, 100);
    const second = afterSelling(1_000, first.paid);
    expect(done.sold[3]).toBe(100);
    expect(done.sold[0]).toBeCloseTo(first.paid, 9);
    expect(priceOf('WETH')).toBeCloseTo(second.price, 8);
    expect(priceOf('pooled')).toBeCloseTo(second.price * first.price, 6);
  });

  test('what is pegged to the dollar is taken at its price in any amount', () => {
    const { done, priceOf } = tradeOf({ GHO: -5e6 });
    expect(priceOf('GHO')).toBe(1);
    expect(done.cashUsd).toBe(-5e6);
  });

  test('what has no market is left, and worth nothing more', () => {
    const { done } = tradeOf({ RWA: 10, WETH: -1 });
    expect(done.unsold[5]).toBe(10);
    expect(done.marginalUsd[5]).toBe(0);
    expect(tradeOf({ RWA: -10 }).done.marginalUsd[5]).toBe(Infinity);
  });

  test('at the end of a curve nobody trades on', () => {
    const book = handMadeBook(ASSETS, []);
    const ended = { ...book.depth[0]!, sqrtPrice: Float64Array.of(Math.sqrt(900), Math.sqrt(1_100)) };
    const at = { ...book, depth: book.depth.with(0, ended) };
    const { done, priceOf } = tradeOf({ WETH: 1_000 }, at);
    expect(priceOf('WETH')).toBeCloseTo(900, 9);
    expect(done.unsold[0]).toBeGreaterThan(0);
    expect(done.marginalUsd[0]).toBe(0);
    expect(tradeOf({ WETH: -1_000 }, at).done.marginalUsd[0]).toBe(Infinity);
  });

  test('capacity of a tie is used up, and the rest goes to the own pool', () => {
    const limited = { ...pooled, tie: { kind: 'redeemable', to: 'WETH', capacity: 30 } } as const;
    const { done } = tradeOf({ pooled: 100 }, handMadeBook([WETH, USDC, limited], []));
    expect([done.exchanged[2], done.sold[2]]).toEqual([30, 70]);
    expect(done.places.capacity[2]).toBe(0);
  });

  test('the marginal price is the slope of what is paid', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('WETH', 'staked', 'pooled'),
        fc.double({ min: -500, max: 500, noNaN: true }).filter((units) => Math.abs(units) > 1),
        fc.double({ min: -50, max: 50, noNaN: true }),
        (symbol, units, other) => {
          const amounts = { [symbol]: units, ...(symbol === 'WETH' ? {} : { WETH: other }) };
          const { done, rowOf } = tradeOf(amounts);
          const step = 1e-4 * Math.abs(units) * Math.sign(units);
          const more = tradeOf({ ...amounts, [symbol]: units + step });
          const less = tradeOf({ ...amounts, [symbol]: units - step });
          const slope = (more.done.cashUsd - less.done.cashUsd) / (2 * step);
          // Where the sum in WETH changes sign within the step there is a kink, which without a fee is none.
          expect(Math.abs(done.marginalUsd[rowOf(symbol)]! / slope - 1)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  test('selling and buying back the same costs nothing without a fee, and both fees with one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 300, noNaN: true }),
        fc.constantFrom(0, 0.003),
        (units, feeRatio) => {
          const book = handMadeBook([{ ...WETH, feeRatio }, USDC], []);
          const market = openMarket(book);
          const { places } = shocked(book, market, { moves: [] });
          const there = trade(market, places, Float64Array.of(units, 0));
          const from = placesAfter(market, places, there);
          // The pool takes its fee of what comes in: so much less of it moved the price.
          const back = trade(market, from, Float64Array.of(-units * (1 - feeRatio), 0));
          expect(marketPriceUsd(market, placesAfter(market, from, back), 0)).toBeCloseTo(1_000, 6);
          const lost = -(there.cashUsd + back.cashUsd);
          if (feeRatio === 0) expect(Math.abs(lost)).toBeLessThan(1e-6 * units);
          else expect(lost).toBeGreaterThan(0);
        },
      ),
    );
  });
});
