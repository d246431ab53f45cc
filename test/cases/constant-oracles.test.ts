import fc from 'fast-check';
import { held, owed, PAIRS, type OldAsset } from '../../libs/book/src/fixtures/old-book-file.ts';
import { bookOf, crash, USDC } from './crash.ts';

// A pair whose oracle has no feed, or only a rate, never makes anybody due, whatever its tokens are worth; what lenders lose
// shows as a shortfall. Sources: Morpho deUSD/USDC and wstETH/WETH; xUSD, November 2025.

const WETH: OldAsset = { symbol: 'WETH', priceUsd: 3_000, pool: { quote: 'USDC', liquidity: 1e6 } };
const WBTC: OldAsset = {
  symbol: 'WBTC',
  decimals: 8,
  priceUsd: 60_000,
  pool: { quote: 'USDC', liquidity: 1e6 },
};

interface Pair {
  readonly collateral: OldAsset;
  readonly debt: OldAsset;
  readonly threshold: number;
  /** Whether the old book calls the price fixed, or the pair's own. */
  readonly isFixed: boolean;
}

const dollar = { quote: 'USDC', liquidity: 5e6 };
const pairs: readonly Pair[] = [
  {
    collateral: { symbol: 'xUSD', decimals: 6, priceUsd: 1, pool: dollar },
    debt: USDC,
    threshold: 0.915,
    isFixed: true,
  },
  {
    collateral: { symbol: 'xUSD', priceUsd: 3_000, pool: dollar },
    debt: USDC,
    threshold: 0.86,
    isFixed: false,
  },
  { collateral: { symbol: 'deUSD', priceUsd: 1, pool: dollar }, debt: USDC, threshold: 0.86, isFixed: false },
  {
    collateral: { symbol: 'sdeUSD', priceUsd: 1.07, pool: dollar },
    debt: USDC,
    threshold: 0.915,
    isFixed: true,
  },
  { collateral: { symbol: 'RLP', priceUsd: 1.2, pool: dollar }, debt: USDC, threshold: 0.86, isFixed: false },
  { collateral: { symbol: 'wstETH', priceUsd: 3_600 }, debt: WETH, threshold: 0.945, isFixed: false },
  {
    collateral: { symbol: 'weETH', priceUsd: 3_150, pool: { quote: 'WETH', liquidity: 100 } },
    debt: WETH,
    threshold: 0.915,
    isFixed: false,
  },
  {
    collateral: { symbol: 'LBTC', decimals: 8, priceUsd: 60_600 },
    debt: WBTC,
    threshold: 0.945,
    isFixed: false,
  },
];

function bookOfPair({ collateral, debt, threshold, isFixed }: Pair, share: number) {
  const owedUsd = 100 * collateral.priceUsd * share;
  const assets = [{ ...collateral, isFixed }, debt, USDC];
  return bookOf({
    assets: assets.filter(({ symbol }, i) => assets.findIndex((one) => one.symbol === symbol) === i),
    venues: [PAIRS],
    accounts: [
      {
        venue: 'pairs',
        legs: [
          { ...held(collateral.symbol, 100, threshold, 0.03), isOwnPrice: !isFixed },
          owed(debt.symbol, owedUsd / debt.priceUsd),
        ],
      },
    ],
  });
}

const named = pairs.map((pair) => {
  const how = pair.isFixed ? 'fixed' : 'the pair’s own';
  return [
    `${pair.collateral.symbol}/${pair.debt.symbol} at ${pair.collateral.priceUsd}, ${how}`,
    pair,
  ] as const;
});

describe('a pair whose oracle follows no market', () => {
  test('the case: 68 M xUSD against 60 M USDC at −77 %: nobody liquidated, 44,360,000 USD short', () => {
    const book = bookOf({
      assets: [USDC, { ...pairs[0]!.collateral, isFixed: true }],
      venues: [PAIRS],
      accounts: [{ venue: 'pairs', legs: [held('xUSD', 68e6, 0.915, 0.0262), owed('USDC', 60e6)] }],
    });
    const result = crash(book, { xUSD: -0.77 });
    expect(result.accounts).toBe(0);
    expect(result.badDebtUsd).toBe(0);
    expect(result.shortfallUsd).toBeCloseTo(44_360_000, 3);
    expect(result.lossUsd).toBe(result.shortfallUsd);
    expect(result.lossAtSaleUsd).toBeGreaterThan(result.lossUsd);
  });

  test.each(named)('%s: nobody is due at any price of either token', (_, pair) => {
    const book = bookOfPair(pair, pair.threshold * 0.98);
    const move = fc.double({ min: -0.9, max: 3, noNaN: true });
    fc.assert(
      fc.property(move, fc.constantFrom(pair.collateral.symbol, pair.debt.symbol), (size, what) => {
        const result = crash(book, { [what]: size });
        expect(result.accounts).toBe(0);
        expect(result.repaidUsd).toBe(0);
        expect(result.stuckUsd).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test.each(named.filter(([, { debt }]) => debt === USDC))(
    '%s: what lenders lose at a price of the collateral is the debt above its worth',
    (_, pair) => {
      const book = bookOfPair(pair, pair.threshold * 0.98);
      fc.assert(
        fc.property(fc.double({ min: -0.95, max: -0.2, noNaN: true }), (move) => {
          const result = crash(book, { [pair.collateral.symbol]: move });
          const worthUsd = 100 * pair.collateral.priceUsd;
          const shortUsd = Math.max(worthUsd * pair.threshold * 0.98 - worthUsd * (1 + move), 0);
          expect(result.shortfallUsd / worthUsd).toBeCloseTo(shortUsd / worthUsd, 6);
        }),
        { numRuns: 20 },
      );
    },
  );

  test('one who owes more than the constant allows is due before and after', () => {
    const book = bookOfPair(pairs[0]!, 0.95);
    expect(crash(book, {}).accounts + crash(book, {}).stuck.length).toBeGreaterThan(0);
  });
});
