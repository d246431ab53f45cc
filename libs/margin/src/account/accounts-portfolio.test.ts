import type { AccountRow } from '@undertow/book';
import { handMadeBook } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { accountsPortfolio } from './accounts-portfolio.ts';

const holder = (asset: string) =>
  ({
    venue: 'aave36',
    legs: [
      { asset, amount: 1, threshold: 0.8, bonus: 0.05 },
      { asset: 'USDC', amount: -500 },
    ],
  }) as const;

/** Two tokens that are exchanged for ETH: one priced by the rate, one by its own market. */
const book = handMadeBook(
  [
    { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} },
    { symbol: 'ETH', priceUsd: 2_000, decimals: 18, liquidity: 1e7 },
    { symbol: 'rateETH', priceUsd: 2_200, decimals: 18, tie: { to: 'ETH' }, oracle: 'rate', liquidity: 1e7 },
    { symbol: 'ownETH', priceUsd: 2_200, decimals: 18, tie: { to: 'ETH' }, liquidity: 1e7 },
  ],
  [holder('rateETH'), holder('ownETH')],
);
const gainsOf = (factors: readonly string[], logReturn: number) =>
  accountsPortfolio(book, { accounts: [0, 1] as AccountRow[], factors }).gainsUsd(
    Float64Array.from(factors, () => logReturn),
  );

describe('accountsPortfolio', () => {
  it('counts a fall once, whether only the reference has prices or the token has its own besides', () => {
    const fall = Math.log(0.7);
    const alone = gainsOf(['ETH'], fall);
    expect(alone[0]).toBeCloseTo(-660, 9);
    expect(alone[1]).toBeCloseTo(-660, 9);
    expect(gainsOf(['ETH', 'rateETH', 'ownETH'], fall)).toEqual(alone);
  });
});
