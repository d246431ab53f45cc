import { BadDataError } from '@undertow/units';
import { constantBook, whaleBook } from '../fixtures/crowd-books.ts';
import { handMadeBook, type HandMadeAsset } from '../fixtures/hand-made-book.ts';
import { ENGINE_KINDS } from './engine.ts';
import { openEngine } from './open-engine.ts';
import type { Outcome } from './outcome.ts';

const fall = (move: number) => ({ moves: [{ kind: 'reference' as const, symbol: 'ETH', move }] });

describe.each(ENGINE_KINDS)('the %s engine', (kind) => {
  const run = (book: Parameters<typeof openEngine>[0], ...moves: number[]) => {
    const seen: [number, Outcome][] = [];
    openEngine(book, { kind }).run(moves.map(fall), (outcome, index) => seen.push([index, outcome]));
    return seen;
  };

  test('shows every scenario once, in order, to every observer', () => {
    const again: number[] = [];
    const seen: number[] = [];
    openEngine(whaleBook(), { kind }).run(
      [-0.1, -0.3, -0.2].map(fall),
      (_, index) => seen.push(index),
      (outcome) => again.push(outcome.accounts),
    );
    expect(seen).toEqual([0, 1, 2]);
    const [small, large, between] = again as [number, number, number];
    expect(small).toBeLessThan(between);
    expect(between).toBeLessThan(large);
  });

  test('an outcome depends on nothing that was run before it, and stays as it was', () => {
    const [, [, alone]] = run(whaleBook(), 0, -0.25) as [unknown, [number, Outcome]];
    const seen = run(whaleBook(), -0.5, -0.25, -0.4);
    expect(seen[1]![1]).toEqual(alone);
  });

  test('what is stuck without a market and what falls short are there', () => {
    const [[, outcome]] = run(whaleBook(), -0.4) as [[number, Outcome]];
    expect(outcome.lossUsd).toBeGreaterThan(0);
    expect(outcome.venueLossUsd.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(outcome.lossUsd, 3);
    expect(outcome.marketLossUsd.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(outcome.lossUsd, 3);
    expect(outcome.assetLossUsd.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(outcome.lossUsd, 3);
    const xusd = constantBook().assets[1]!.address;
    const depegs = [{ moves: [{ kind: 'asset' as const, asset: xusd, move: -0.6 }] }];
    openEngine(constantBook(), { kind }).run(depegs, ({ shortfallUsd, accounts }) => {
      expect(accounts).toBe(0);
      expect(shortfallUsd).toBeCloseTo(350_000, 6);
    });
  });

  test('a book without accounts, and one without depth, give nothing sold', () => {
    const bare: HandMadeAsset[] = [{ symbol: 'ETH', priceUsd: 2_500, decimals: 18 }];
    const [[, empty]] = run(handMadeBook(bare, []), -0.5) as [[number, Outcome]];
    expect(empty).toMatchObject({ accounts: 0, lossUsd: 0, accountsPerRound: [], converged: true });
    const owing = handMadeBook(
      [...bare, { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} }],
      [
        {
          venue: 'morpho',
          legs: [
            { asset: 'ETH', amount: 1, threshold: 0.8, bonus: 0.05 },
            { asset: 'USDC', amount: -1_900 },
          ],
        },
      ],
    );
    const [[, stuck]] = run(owing, -0.5) as [[number, Outcome]];
    expect(stuck).toMatchObject({ accounts: 0, stuckUsd: 1_900, shortfallUsd: 650 });
  });

  test('an account of ten thousand legs is like any other', () => {
    const legs = Array.from({ length: 10_000 }, () => ({
      asset: 'ETH',
      amount: 0.01,
      threshold: 0.8,
      bonus: 0.05,
    }));
    const owner = { venue: 'aave36', legs: [...legs, { asset: 'USDC', amount: -190_000 }] } as const;
    const book = handMadeBook(
      [
        { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} },
        { symbol: 'ETH', priceUsd: 2_500, decimals: 18, liquidity: 4e6 },
      ],
      [owner],
    );
    const [[, outcome]] = run(book, -0.1) as [[number, Outcome]];
    expect(outcome.accounts).toBe(1);
  });

  test.each([
    [
      'a name that the book lacks',
      { moves: [{ kind: 'reference', symbol: 'DOGE', move: -0.1 }] },
      /scenario 1: .*DOGE/,
    ],
    ['no number', fall(Number.NaN), /scenario 1: a move must be a ratio above -1/],
    ['a fall to nothing', fall(-1), /scenario 1: a move must be a ratio above -1/],
    [
      'no depth',
      { ...fall(-0.1), depthFactor: 0 },
      /scenario 1: depth must be multiplied by a number above 0/,
    ],
  ] as const)('says which scenario is wrong: %s', (_, scenario, message) => {
    const seen: number[] = [];
    const all = [fall(-0.1), scenario];
    const go = () => openEngine(whaleBook(), { kind }).run(all, (__, index) => seen.push(index));
    expect(go).toThrow(BadDataError);
    expect(go).toThrow(message);
    expect(seen).toEqual([0, 0]);
  });
});
