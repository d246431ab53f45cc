import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
} from './fixtures/hand-made-book.ts';
import { openReproduction, reproduction, type ReproductionOptions } from './reproduction.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

const LIQUIDITY = 1e5;
const WETH: HandMadeAsset = { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: LIQUIDITY };
const USDC: HandMadeAsset = { symbol: 'USDC', priceUsd: 1, decimals: 6 };
const weth = handMadeAddress(0);
const THRESHOLD = 0.9;

/** A fall of WETH in which liquidators act at any loss, as the reproduction number takes it. */
const falling = (move: number): Scenario => ({
  moves: [{ kind: 'asset', asset: weth, move }],
  policies: { liquidators: { kind: 'unlimited' } },
});

/** Units that the pool takes while the price falls from one to another. */
const between = (high: number, low: number) => LIQUIDITY * (1 / Math.sqrt(low) - 1 / Math.sqrt(high));

/**
 * A book whose reproduction number is the same at all prices between two drops: many accounts of one size, one due after
 * every `size ÷ rate` units sold. All of the collateral is seized, whatever the price (threshold × 1.12 > 1).
 */
function constantBook(rate: number, drop: { readonly from: number; readonly to: number }) {
  const size = 0.25;
  const units = between(1_000 * (1 - drop.from), 1_000 * (1 - drop.to));
  const accounts = Array.from({ length: Math.floor((units * rate) / size) }, (_, i): HandMadeAccount => {
    const root = 1 / Math.sqrt(1_000 * (1 - drop.from)) + ((i + 0.5) * size) / rate / LIQUIDITY;
    return {
      venue: 'morpho',
      legs: [
        { asset: 'WETH', amount: size, threshold: THRESHOLD, bonus: 0.12 },
        { asset: 'USDC', amount: -size * THRESHOLD * root ** -2 },
      ],
    };
  });
  return handMadeBook([WETH, USDC], accounts);
}

const pointsOf = (book: ReturnType<typeof handMadeBook>, drops: number[], step?: number) =>
  reproduction(book, { drops, assets: [weth], ...(step && { step }) })[0]!.points.map(
    (point) => point.reproduction,
  );

describe('reproduction', () => {
  test.each([0.3, 0.6, 0.8])('is %f where it is made so, and sales grow to first ÷ (1 − R)', (rate) => {
    const book = constantBook(rate, { from: 0.05, to: 0.6 });
    for (const found of pointsOf(book, [0.06, 0.1, 0.2, 0.4]))
      expect(Math.abs(found! - rate)).toBeLessThan(0.02);
    const result = simulate(book, falling(-0.1));
    const first = result.rounds[0]!.assets.find(({ symbol }) => symbol === 'WETH')!.sold;
    const total = result.byAsset[0]!.sold;
    expect(first).toBeGreaterThan(10);
    expect(Math.abs(total / (first / (1 - rate)) - 1)).toBeLessThan(0.03);
  });

  test('above 1 the cascade runs until there is nobody left, below it stops on its way', () => {
    const range = { from: 0.05, to: 0.6 };
    const [above, below] = [constantBook(1.1, range), constantBook(0.7, range)];
    expect(pointsOf(above, [0.1, 0.3]).every((found) => found! > 1.05)).toBe(true);
    expect(simulate(above, falling(-0.06)).accounts).toBe(above.accounts.count);
    expect(simulate(below, falling(-0.06)).accounts).toBeLessThan(below.accounts.count / 5);
  });

  test('above 1 the cascade runs to the end of depth', () => {
    const book = constantBook(1.1, { from: 0.05, to: 0.6 });
    const curve = { ...book.depth[0]!, sqrtPrice: Float64Array.of(Math.sqrt(700), 100) };
    const result = simulate({ ...book, depth: [curve, undefined] }, falling(-0.06));
    expect(result.byAsset[0]!.marketAfterUsd).toBeCloseTo(700, 6);
    expect(result.byAsset[0]!.unsold).toBeGreaterThan(0);
  });

  test('is 0 where nobody more is due, also where it falls beside accounts that are long due', () => {
    const book = constantBook(0.5, { from: 0.3, to: 0.4 });
    const [now, ...rest] = pointsOf(book, [0, 0.1, 0.35, 0.5]);
    expect([now, rest[0], rest[2]]).toEqual([0, 0, 0]);
    expect(rest[1]).toBeGreaterThan(0.4);
  });

  test('is undefined without a pool, and where the pool ends', () => {
    const { liquidity: _, ...still } = WETH;
    const account: HandMadeAccount = {
      venue: 'morpho',
      legs: [
        { asset: 'WETH', amount: 1, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -700 },
      ],
    };
    expect(pointsOf(handMadeBook([still, USDC], [account]), [0, 0.2])).toEqual([undefined, undefined]);
    const book = handMadeBook([WETH, USDC], [account]);
    const curve = { ...book.depth[0]!, sqrtPrice: Float64Array.of(Math.sqrt(850), 100) };
    expect(pointsOf({ ...book, depth: [curve, undefined] }, [0.1, 0.145, 0.2])).toEqual([
      0,
      undefined,
      undefined,
    ]);
  });

  test('counts what is redeemed, keeps the book as it was, and does not depend on what else is asked', () => {
    const staked: HandMadeAsset = {
      symbol: 'staked',
      priceUsd: 2_000,
      decimals: 18,
      tie: { to: 'WETH' },
    };
    const due = (asset: string, amount: number): HandMadeAccount => ({
      venue: 'morpho',
      legs: [
        { asset, amount, threshold: 0.9, bonus: 0.12 },
        { asset: 'USDC', amount: -0.9 * 944 },
      ],
    });
    const direct = handMadeBook([WETH, USDC, staked], [due('WETH', 1)]);
    const redeemed = handMadeBook([WETH, USDC, staked], [due('staked', 0.5)]);
    const [expected] = pointsOf(direct, [0.05]);
    expect(expected).toBeCloseTo(1 / between(950, 940), 9);
    expect(pointsOf(redeemed, [0.05])[0]).toBeCloseTo(expected!, 12);
    expect(
      reproduction(redeemed, { drops: [0.1, 0.05] }).map(({ symbol, points }) => [symbol, points[1]]),
    ).toEqual([
      ['WETH', { drop: 0.05, reproduction: expect.closeTo(expected!, 12) as number }],
      ['USDC', { drop: 0.05, reproduction: undefined }],
      ['staked', { drop: 0.05, reproduction: undefined }],
    ]);
    expect(redeemed.legs.amount[0]).toBe(0.5);
  });

  test.each([
    [{ drops: [-0.1] }, /a drop must be from 0/],
    [{ drops: [0.995] }, /a drop must be from 0 to below 0.99/],
    [{ drops: [Number.NaN] }, /a drop must be/],
    [{ drops: [0.1], step: 0 }, /step must be above 0/],
    [{ drops: [0.1], assets: ['0xabc' as const] }, /no asset 0xabc/],
  ])('refuses %j', (options: ReproductionOptions, message: RegExp) => {
    expect(() => reproduction(handMadeBook([WETH, USDC], []), options)).toThrow(message);
  });
});

test('every step of a curve is its own: what lies between coarse drops is found, and where nobody is due nothing runs', () => {
  const book = constantBook(1.4, { from: 0.101, to: 0.129 });
  const at = openReproduction(book);
  const points = Array.from({ length: 60 }, (_, i) => at(weth, i / 100).reproduction!);
  expect(points.slice(0, 10)).toEqual(Array(10).fill(0));
  expect(points[11]).toBeGreaterThan(1.3);
  expect(points.slice(13)).toEqual(Array(47).fill(0));
  expect([0, 0.05, 0.1, 0.15, 0.2].every((drop) => at(weth, drop).reproduction! < 1.3)).toBe(true);
  const alone = reproduction(book, { drops: [0.11, 0.12], assets: [weth] })[0]!.points;
  expect(alone.map((point) => point.reproduction)).toEqual(points.slice(11, 13));
});
