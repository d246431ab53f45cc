import fc from 'fast-check';
import {
  held,
  MONEY_MARKET,
  owed,
  PAIRS,
  POOL,
  type OldAsset,
  type OldVenue,
} from '../../libs/book/src/fixtures/old-book-file.ts';
import { bookOf, crash, pathOf, USDC } from './crash.ts';

// What is traded nowhere is bought by nobody: its debt is stuck, and says why. Source: collateral of Morpho pairs that is no
// reserve of Aave's, of which no pool is read on a public network.

const OLD_POOL = { ...POOL, version: '3.0' };
const venues: readonly OldVenue[] = [POOL, OLD_POOL, PAIRS, MONEY_MARKET];
const WETH: OldAsset = { symbol: 'WETH', priceUsd: 3_000, pool: { quote: 'USDC', liquidity: 1e8 } };
const tokens: readonly OldAsset[] = [
  { symbol: 'RWA', priceUsd: 100 },
  { symbol: 'ACRED', decimals: 6, priceUsd: 1_050 },
  { symbol: 'deUSD', priceUsd: 1 },
  { symbol: 'mF-ONE', priceUsd: 1.04 },
  { symbol: 'LP-X', priceUsd: 0.003 },
];
const everywhere = tokens.flatMap((token) =>
  venues.map((venue) => [token.symbol, `${venue.mechanism} ${venue.version}`, token, venue] as const),
);

describe('collateral without a market', () => {
  test('the case: 1 M RWA against 90 M USDC at −5 %: nobody buys, 90 M at risk', () => {
    const book = bookOf({
      assets: [USDC, { symbol: 'RWA', priceUsd: 100 }],
      venues: [PAIRS],
      accounts: [{ venue: 'pairs', legs: [held('RWA', 1e6, 0.915, 0.0262), owed('USDC', 90e6)] }],
    });
    const result = crash(book, { RWA: -0.05 });
    expect(result.repaidUsd).toBe(0);
    expect(result.liquidatorProfitUsd).toBe(0);
    expect(result.stuckUsd).toBe(90e6);
    expect(result.stuck).toEqual([{ venue: 'pairs', reason: 'no-market', accounts: 1, debtUsd: 90e6 }]);
    expect(result.lossAtSaleUsd).toBe(90e6);
    expect(crash(book, {}).stuckUsd).toBe(0);
  });

  test.each(everywhere)(
    '%s at %s: all that is due of it is stuck, and nothing is lost by liquidators',
    (_, __, token, venue) => {
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: 0.5, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 5 }),
          fc.double({ min: -0.4, max: -0.01, noNaN: true }),
          fc.constantFrom(USDC, WETH),
          (usages, move, debt) => {
            const book = bookOf({
              assets: debt === WETH ? [USDC, WETH, token] : [USDC, token],
              venues: [venue],
              accounts: usages.map((usage) => ({
                venue: venue.id,
                legs: [
                  held(token.symbol, 1_000_000, 0.85, 0.03),
                  owed(debt.symbol, (1e6 * token.priceUsd * 0.85 * usage) / debt.priceUsd),
                ],
              })),
            });
            const result = crash(book, { [token.symbol]: move });
            const due = usages.filter((usage) => usage > 1 + move);
            // Amounts are rounded to a millionth, and thresholds may be floored: nobody stands so near the line.
            fc.pre(usages.every((usage) => Math.abs(usage / (1 + move) - 1) > 1e-3));
            expect(result.accounts).toBe(0);
            expect(result.repaidUsd).toBe(0);
            expect(result.liquidatorProfitUsd).toBe(0);
            const dueUsd = due.reduce((sum, usage) => sum + 1e6 * token.priceUsd * 0.85 * usage, 0);
            expect(result.stuckUsd / (1e6 * token.priceUsd)).toBeCloseTo(dueUsd / (1e6 * token.priceUsd), 4);
            expect(result.stuck.map(({ reason }) => reason)).toEqual(due.length > 0 ? ['no-market'] : []);
            expect(pathOf(result, token.symbol).sold).toBe(0);
          },
        ),
        { numRuns: 15 },
      );
    },
  );

  test.each(
    [POOL, OLD_POOL, MONEY_MARKET].map((venue) => [`${venue.mechanism} ${venue.version}`, venue] as const),
  )('at %s: what can be sold is taken, what cannot is left', (_, venue) => {
    const book = bookOf({
      assets: [USDC, WETH, { symbol: 'RWA', priceUsd: 100 }],
      venues: [venue],
      accounts: [
        {
          venue: venue.id,
          legs: [held('RWA', 10_000, 0.8, 0.05), held('WETH', 1_000, 0.8, 0.05), owed('USDC', 3_100_000)],
        },
      ],
    });
    const result = crash(book, { RWA: -0.9 });
    expect(pathOf(result, 'RWA').seized).toBe(0);
    expect(pathOf(result, 'WETH').seized).toBeGreaterThan(0);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(0);
  });
});
