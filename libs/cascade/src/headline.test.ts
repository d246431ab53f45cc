import { handMadeAddress, handMadeBook, type HandMadeAsset } from './fixtures/hand-made-book.ts';
import { headline } from './headline.ts';
import { simulate } from './simulate.ts';

const WETH: HandMadeAsset = { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1e6 };
const USDC: HandMadeAsset = { symbol: 'USDC', priceUsd: 1, decimals: 6 };
const bookOf = (asset: HandMadeAsset, debt: number) =>
  handMadeBook(
    [asset, USDC],
    [
      {
        venue: 'aave30',
        legs: [
          { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
          { asset: 'USDC', amount: -debt },
        ],
      },
    ],
  );
const said = (asset: HandMadeAsset, debt: number, move: number) =>
  headline(simulate(bookOf(asset, debt), { moves: [{ kind: 'asset', asset: handMadeAddress(0), move }] }));

test('says that nothing is lost', () => {
  expect(said(WETH, 7_000, -0.01)).toBe('Nobody loses anything beyond what was liquidated.');
});

test('leads with what is lost, as a range where oracles decide it', () => {
  expect(said(WETH, 7_300, -0.5)).toMatch(
    /^Lenders, funds and other traders lose 2\.54K USD: bad debt 2\.54K USD, /,
  );
  const thin = said({ ...WETH, liquidity: 500 }, 7_800, -0.1);
  expect(thin).toMatch(/lose between [\d.]+K? USD and [\d.]+K USD/);
});

test('says what is stuck and why, and what would be lost if it were sold', () => {
  const { liquidity: _, ...unsellable } = WETH;
  const text = said(unsellable, 7_300, -0.1);
  expect(text).toBe(
    'Debt of 7.3K USD is due and nobody liquidates it, because no known market trades it. ' +
      'Nothing is lost at market prices, but 7.3K USD would be if all collateral of open accounts had to be sold.',
  );
});

test('says that a market ended, and what coverage lacks', () => {
  const book = bookOf({ ...WETH, liquidity: 5_000 }, 7_800);
  const curve = { ...book.depth[0]!, sqrtPrice: Float64Array.of(Math.sqrt(899.5), 100) };
  const coverage = {
    ...book.coverage,
    share: 0.9321,
    knownDebtUsd: 10_000,
    modelledDebtUsd: 9_321,
    gaps: [
      {
        kind: 'asset',
        source: 'X',
        reason: 'no price',
        count: 1,
        unit: 'account',
        debtUsd: undefined,
      } as const,
    ],
  };
  const ended = { ...book, depth: [curve, undefined], coverage };
  const text = headline(
    simulate(ended, { moves: [{ kind: 'asset', asset: handMadeAddress(0), move: -0.1 }] }),
  );
  expect(text).toContain('The known market of WETH ended: nobody trades beyond it.');
  expect(text).toContain('Coverage is 93.2 %: debt of 679 USD is not in these numbers.');
  expect(text).toContain('1 gap has no known value');
});
