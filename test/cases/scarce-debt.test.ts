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
import { bookOf, crash, moveOf, pathOf, USDC } from './crash.ts';

// Buying back what is owed moves its price: of a coin as far as what can be seized pays for, of a dollar not at all.
// Sources: the short of CRV on Aave v2, 2022-11-22 (governance.aave.com/t/10779); GHO and USDT at Aave's adapters.

const OLD_POOL = { ...POOL, version: '3.0' };
const venues: readonly OldVenue[] = [POOL, OLD_POOL, PAIRS, MONEY_MARKET];
const everywhere = venues.map((venue) => [`${venue.mechanism} ${venue.version}`, venue] as const);

/** Someone who is short of a coin: holds dollars, owes so much of the coin, which one pool alone sells. */
const shortOf = (
  venue: OldVenue,
  of: {
    readonly coin: string;
    readonly priceUsd: number;
    readonly units: number;
    readonly liquidity: number;
  },
) => {
  const dollars = (of.units * of.priceUsd) / 0.73;
  const book = bookOf({
    assets: [
      USDC,
      { symbol: of.coin, priceUsd: of.priceUsd, pool: { quote: 'USDC', liquidity: of.liquidity } },
    ],
    venues: [venue],
    accounts: [{ venue: venue.id, legs: [held('USDC', dollars, 0.89, 0.045), owed(of.coin, of.units)] }],
  });
  return { book, dollars };
};

describe('a coin that is scarce', () => {
  test.each(everywhere)('at %s: nobody pays more for it than the dollars that can be seized', (_, venue) => {
    fc.assert(
      fc.property(
        fc.constantFrom('CRV', 'TKN', 'LINK'),
        fc.record({
          priceUsd: fc.double({ min: 0.01, max: 500, noNaN: true }),
          worthUsd: fc.double({ min: 1e4, max: 1e8, noNaN: true }),
          share: fc.double({ min: 0.01, max: 3, noNaN: true }),
          move: fc.double({ min: 0.23, max: 1, noNaN: true }),
        }),
        (coin, { priceUsd, worthUsd, share, move }) => {
          const units = Math.round(worthUsd / priceUsd) + 1;
          // The pool sells so large a share of what is owed at most, at any price.
          const liquidity = units * share * Math.sqrt(priceUsd * (1 + move));
          const { book, dollars } = shortOf(venue, { coin, priceUsd, units, liquidity });
          const result = crash(book, { [coin]: move }, { isBandRun: false });
          const { marketAfterUsd, bought } = pathOf(result, coin);
          expect(Number.isFinite(result.lossUsd)).toBe(true);
          // All dollars spent in the pool bring its price no further than this.
          const highest = (dollars / liquidity + Math.sqrt(priceUsd * (1 + move))) ** 2;
          expect(marketAfterUsd).toBeLessThanOrEqual(highest * (1 + 1e-9));
          const paidUsd = liquidity * (Math.sqrt(marketAfterUsd) - Math.sqrt(priceUsd * (1 + move)));
          expect(paidUsd).toBeLessThanOrEqual(dollars * (1 + 1e-9));
          expect(bought).toBeLessThanOrEqual(units * (1 + 1e-9));
          expect(result.liquidatorProfitUsd).toBeGreaterThanOrEqual(0);
          expect(result.badDebtUsd).toBeLessThanOrEqual(units * marketAfterUsd * (1 + 1e-9));
        },
      ),
      { numRuns: 3 },
    );
  });

  test('the case: 92 M CRV against 63 M USDC at +25 %', () => {
    const book = bookOf({
      assets: [USDC, { symbol: 'CRV', priceUsd: 0.5, pool: { quote: 'USDC', liquidity: 12e6 } }],
      venues: [OLD_POOL],
      accounts: [
        { venue: 'pool', legs: [{ ...held('USDC', 63e6, 0.89, 0.045), fee: 0.1 }, owed('CRV', 92e6)] },
      ],
    });
    const result = crash(book, { CRV: 0.25 });
    const { marketAfterUsd } = pathOf(result, 'CRV');
    expect(12e6 * (Math.sqrt(marketAfterUsd) - Math.sqrt(0.625))).toBeLessThanOrEqual(63e6);
    expect(result.badDebtUsd).toBeLessThanOrEqual(92e6 * marketAfterUsd);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(0);
    expect(result.repaidUsd).toBeLessThanOrEqual(63e6);
    expect(crash(book, { CRV: 0.1 }).accounts).toBe(0);
  });

  test.each(everywhere)('at %s: what no market sells is repaid by nobody', (_, venue) => {
    const book = bookOf({
      assets: [USDC, { symbol: 'TKN', priceUsd: 5 }],
      venues: [venue],
      accounts: [{ venue: venue.id, legs: [held('USDC', 1e6, 0.8, 0.05), owed('TKN', 150_000)] }],
    });
    const result = crash(book, { TKN: 0.1 });
    expect(result.repaidUsd).toBe(0);
    expect(result.stuck).toMatchObject([{ reason: 'no-market', accounts: 1 }]);
    expect(result.stuckUsd).toBeCloseTo(150_000 * 5.5, 3);
  });
});

/** Two who owe a dollar token against a coin: at −30 % the first is due, the second is not. */
const dollarDebts = (venue: OldVenue, token: OldAsset, coin: string) =>
  bookOf({
    assets: [
      ...(token.symbol === 'USDC' ? [] : [USDC]),
      token,
      { symbol: coin, priceUsd: 3_000, pool: { quote: 'USDC', liquidity: 2e7 } },
    ],
    venues: [venue],
    accounts: [
      { venue: venue.id, legs: [{ ...held(coin, 5_000, 0.83, 0.05), fee: 0.1 }, owed(token.symbol, 9e6)] },
      { venue: venue.id, legs: [{ ...held(coin, 5_000, 0.83, 0.05), fee: 0.1 }, owed(token.symbol, 6e6)] },
    ],
  });

describe('a dollar that is owed', () => {
  test('the case: 4.5 M GHO repaid of a pool of 40 M, no bad debt, the other account stays', () => {
    const token = { symbol: 'GHO', priceUsd: 1, pool: { quote: 'USDC', liquidity: 2e7 } };
    const result = crash(dollarDebts(POOL, token, 'WETH'), { WETH: -0.3 });
    expect(result.accounts).toBe(1);
    expect(result.repaidUsd).toBeCloseTo(4.5e6, 3);
    expect(result.badDebtUsd).toBe(0);
    expect(result.lossAtSaleUsd).toBe(0);
    expect(pathOf(result, 'GHO').oracleAfterUsd).toBe(1);
  });

  const tokens = [
    { symbol: 'USDT', decimals: 6, priceUsd: 1 },
    { symbol: 'DAI', priceUsd: 1.0003 },
    { symbol: 'crvUSD', priceUsd: 0.998 },
    { symbol: 'LUSD', priceUsd: 1.004 },
    { symbol: 'PYUSD', decimals: 6, priceUsd: 1 },
    { symbol: 'MAI', priceUsd: 0.995 },
    { symbol: 'GHO', priceUsd: 1, isFixed: true },
  ];
  const cases = tokens.flatMap((token) =>
    venues.map((venue) => [token.symbol, `${venue.mechanism} ${venue.version}`, token, venue] as const),
  );
  test.each(cases)('%s at %s: is bought back at a dollar however thin its pool', (_, __, token, venue) => {
    for (const liquidity of [1e5, 2e7]) {
      const pooled = { ...token, pool: { quote: 'USDC', liquidity } };
      const result = crash(dollarDebts(venue, pooled, 'WETH'), { WETH: -0.3 });
      expect(moveOf(result, token.symbol).marketMove).toBe(0);
      expect(result.byAccount.map(({ owner }) => owner.slice(-3))).toEqual(['3e8']);
      expect(result.repaidUsd).toBeGreaterThan(4.4e6);
      expect(result.badDebtUsd).toBe(0);
      expect(pathOf(result, token.symbol).oracleAfterUsd).toBeCloseTo(token.priceUsd, 6);
    }
  });
});
