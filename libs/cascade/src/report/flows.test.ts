import { handMadeAddress, handMadeBook, type HandMadeAsset } from '../fixtures/hand-made-book.ts';
import { lendingAccounts, RANDOM_ASSETS } from '../fixtures/random-books.ts';
import { simulate } from '../simulate.ts';
import fc from 'fast-check';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 2_000, decimals: 18, liquidity: 1e6 },
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
];

test('cash that is seized and bought with is no flow to a market', () => {
  const book = handMadeBook(ASSETS, [
    {
      venue: 'morpho',
      owner: handMadeAddress(100),
      legs: [
        { asset: 'USDC', amount: 10_000, threshold: 0.8, bonus: 0.05 },
        { asset: 'WETH', amount: -3.5 },
      ],
    },
  ]);
  const result = simulate(book, { moves: [{ kind: 'reference', symbol: 'WETH', move: 0.25 }] });
  const [weth, usdc] = result.byAsset;
  expect(usdc).toMatchObject({ symbol: 'USDC', sold: 0, bought: 0, unsold: 0 });
  expect(usdc!.seized).toBeGreaterThan(1_000);
  expect(result.flows.map(({ symbol, soldUsd }) => [symbol, soldUsd])).toEqual([['WETH', 0]]);
  expect(result.flows[0]!.boughtUsd / (weth!.bought * weth!.marketBeforeUsd * 1.25)).toBeCloseTo(1, 1);
});

test('what flows to a market is what the market traded', () => {
  fc.assert(
    fc.property(lendingAccounts(), fc.double({ min: -0.5, max: 0.5, noNaN: true }), (accounts, move) => {
      const result = simulate(
        handMadeBook(RANDOM_ASSETS, accounts),
        { moves: [{ kind: 'reference', symbol: 'WETH', move }] },
        { band: false },
      );
      const traded = result.byAsset.filter(
        ({ sold, bought, unsold, unbought }) => sold + bought + unsold + unbought > 0,
      );
      expect([...new Set(result.flows.map(({ symbol }) => symbol))].sort()).toEqual(
        traded.map(({ symbol }) => symbol).sort(),
      );
    }),
    { numRuns: 200 },
  );
});
