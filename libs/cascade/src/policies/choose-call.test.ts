import type { AssetRow } from '@undertow/book';
import { handMadeBook } from '../fixtures/hand-made-book.ts';
import type { Offer } from '../kernel.ts';
import { openMarket, openPlaces } from '../market/market.ts';
import { choosePaying } from './choose-call.ts';
import { openDesk } from './open-desk.ts';

const book = handMadeBook(
  [
    { symbol: 'USDC', priceUsd: 1, decimals: 6 },
    { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 10_000, quote: 'USDC' },
  ],
  [],
);
const market = openMarket(book);
const at = openDesk({
  market,
  places: openPlaces(market, new Float64Array(market.tree.count).fill(1)),
});
const rowOf = (symbol: string) => book.assets.findIndex((asset) => asset.symbol === symbol) as AssetRow;

/** Takes WETH and repays USDC. */
const offerOf = (weth: number, usdc: number): Offer => ({
  mostPart: 1,
  flows: [
    { asset: rowOf('WETH'), amount: weth },
    ...(usdc > 0 ? [{ asset: rowOf('USDC'), amount: -usdc }] : []),
  ],
  soldByOthers: [],
  at: () => [],
});

describe('choosePaying', () => {
  test('takes the largest part whose last unit pays, and of several the one that pays best', () => {
    const [small, large] = [offerOf(1, 950), offerOf(400, 360_000)];
    const choice = choosePaying(at, [small, large], { gasUsd: 0 })!;
    expect(choice.offer).toBe(large);
    expect(choice.size).toBeGreaterThan(0);
    expect(choice.size).toBeLessThan(1);
    expect(Math.abs(choice.marginalUsd) / 360_000).toBeLessThan(1e-9);
  });

  test('takes all where the contract takes less than what pays, or all, and all pays more', () => {
    const free = choosePaying(at, [offerOf(10, 9_500)], { gasUsd: 0 })!;
    expect(free.size).toBeLessThan(1);
    const partly = (mostPart: number) =>
      choosePaying(at, [{ ...offerOf(10, 9_500), mostPart }], { gasUsd: 0 })!;
    expect([partly(0.01).size, partly(0).size]).toEqual([1, 1]);
    expect(partly(0.01).profitUsd).toBeLessThan(free.profitUsd);
    expect(partly(free.size * 0.99).size).toBeCloseTo(free.size * 0.99, 9);
  });

  test('leaves what pays less after gas than a raw unit of what it moves, a millionth of a dollar here', () => {
    // Where others have sold to, the first unit pays what floats have rounded: a part of 1e-9 of it here.
    expect(choosePaying(at, [offerOf(1, 1_000 * (1 - 1e-9))], { gasUsd: 0 })).toBeUndefined();
    expect(choosePaying(at, [offerOf(1, 900)], { gasUsd: 0 })).toBeDefined();
    expect(choosePaying(at, [offerOf(1e-9, 9e-7)], { gasUsd: 0 })).toBeUndefined();
    expect(choosePaying(at, [offerOf(1, 900)], { gasUsd: 100 })).toBeUndefined();
  });

  test('the liquidator sells before depositors do, so that its pay is what its own part brings alone', () => {
    const alone = offerOf(2, 0);
    const together: Offer = { ...alone, soldByOthers: [{ asset: rowOf('WETH'), amount: 300 }] };
    const [own, both] = [alone, together].map((offer) => choosePaying(at, [offer], { gasUsd: 0 })!);
    const all = choosePaying(at, [offerOf(302, 0)], { gasUsd: 0 })!;
    expect(both!.profitUsd).toBe(own!.profitUsd);
    expect(both!.profitUsd + both!.othersUsd).toBeCloseTo(all.profitUsd, 6);
    expect(both!.trade.assets).toEqual(all.trade.assets);
  });

  test('takes whole what costs nothing, however little it is', () => {
    expect(choosePaying(at, [offerOf(1e-12, 0)], { gasUsd: 0 })).toMatchObject({ size: 1 });
  });
});
