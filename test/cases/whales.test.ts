import fc from 'fast-check';
import {
  held,
  MONEY_MARKET,
  owed,
  PAIRS,
  POOL,
  type OldVenue,
} from '../../libs/book/src/fixtures/old-book-file.ts';
import { bookOf, crash, pathOf, USDC } from './crash.ts';

// What is larger than its market brings what the market pays, so lenders lose at least the rest; liquidators never lose.
// Sources: the CRV founder's position (governance.aave.com/t/13644); BAL, February 2026 (t/23986).

interface Whale {
  readonly coin: string;
  readonly priceUsd: number;
  readonly units: number;
  /** Debt ÷ worth × threshold. */
  readonly usage: number;
  readonly threshold: number;
  readonly bonus: number;
  readonly liquidity: number;
}

function bookOfWhale(venue: OldVenue, of: Whale) {
  const debtUsd = of.units * of.priceUsd * of.threshold * of.usage;
  const book = bookOf({
    assets: [
      USDC,
      { symbol: of.coin, priceUsd: of.priceUsd, pool: { quote: 'USDC', liquidity: of.liquidity } },
    ],
    venues: [venue],
    accounts: [
      { venue: venue.id, legs: [held(of.coin, of.units, of.threshold, of.bonus), owed('USDC', debtUsd)] },
    ],
  });
  return { book, debtUsd };
}

/** What all of the whale's coins bring in the pool, sold from a price on. */
function proceedsUsd({ units, liquidity }: Whale, fromUsd: number): number {
  const start = Math.sqrt(fromUsd);
  return liquidity * (start - 1 / (1 / start + units / liquidity));
}

const venues: readonly OldVenue[] = [POOL, { ...POOL, version: '3.0' }, PAIRS, MONEY_MARKET];

describe('a whale that is larger than its market', () => {
  test('the case: at least 39.1 M of 60 M lost, 41.0 M where oracles follow every call', () => {
    const whale: Whale = {
      ...{
        coin: 'TKN',
        priceUsd: 10,
        units: 1e7,
        usage: 60 / 65,
        threshold: 0.65,
        bonus: 0.1,
        liquidity: 1e7,
      },
    };
    const { book } = bookOfWhale(POOL, whale);
    expect(proceedsUsd(whale, 8)).toBeCloseTo(20_896_310, 0);
    const result = crash(book, { TKN: -0.2 });
    expect(result.lossUsd).toBeGreaterThan(60e6 - 20_896_310);
    expect(result.band?.between.lossUsd).toBe(result.lossUsd);
    // A liquidator gets 10 % above what is repaid: at a price that follows at once, repaid is what it brings ÷ 1.1.
    const within = result.band!.within.lossUsd;
    expect(within).toBeGreaterThan(result.lossUsd);
    expect(within / (60e6 - 20_896_310 / 1.1)).toBeCloseTo(1, 2);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(0);
    expect(result.badDebtUsd).toBeCloseTo(result.lossUsd, 3);
  });

  test.each(venues.map((venue) => [`${venue.mechanism} ${venue.version}`, venue] as const))(
    'at %s: lenders lose at least what the market does not pay, and liquidators nothing',
    (_, venue) => {
      fc.assert(
        fc.property(
          fc.constantFrom('TKN', 'CRV', 'BAL'),
          fc.record({
            priceUsd: fc.double({ min: 0.05, max: 2_000, noNaN: true }),
            worthUsd: fc.double({ min: 1e6, max: 1e8, noNaN: true }),
            usage: fc.double({ min: 0.9, max: 0.99, noNaN: true }),
            threshold: fc.constantFrom(0.5, 0.65, 0.77, 0.86),
            bonus: fc.constantFrom(0.03, 0.05, 0.1),
            size: fc.double({ min: 0.5, max: 20, noNaN: true }),
            move: fc.double({ min: -0.5, max: -0.12, noNaN: true }),
          }),
          (coin, { priceUsd, worthUsd, usage, threshold, bonus, size, move }) => {
            const units = Math.round(worthUsd / priceUsd) + 1;
            const fromUsd = priceUsd * (1 + move);
            // The pool holds so few coins that the whale is `size` times as large.
            const liquidity = (units / size) * Math.sqrt(fromUsd);
            const whale = { coin, priceUsd, units, usage, threshold, bonus, liquidity };
            const { book, debtUsd } = bookOfWhale(venue, whale);
            const result = crash(book, { [coin]: move });
            const leastUsd = debtUsd - proceedsUsd(whale, fromUsd);
            expect(result.lossAtSaleUsd).toBeGreaterThanOrEqual(leastUsd - 1e-6 * debtUsd);
            expect(result.band?.within.lossAtSaleUsd ?? 0).toBeGreaterThanOrEqual(leastUsd - 1e-6 * debtUsd);
            expect(result.liquidatorProfitUsd).toBeGreaterThanOrEqual(-1e-6 * debtUsd);
            expect(result.repaidUsd).toBeLessThanOrEqual(proceedsUsd(whale, fromUsd) * (1 + 1e-6));
            const { sold, marketAfterUsd } = pathOf(result, coin);
            expect(sold).toBeLessThanOrEqual(units * (1 + 1e-9));
            expect(marketAfterUsd).toBeGreaterThan(0);
          },
        ),
        { numRuns: 4 },
      );
    },
  );
});
