import {
  accountTotals,
  bookValues,
  dueAccounts,
  isDue,
  ownPrices,
  ownValues,
  totalsOfAccounts,
  valueAccount,
  valueAccounts,
  type AccountRow,
  type Book,
} from '@undertow/book';
import fc from 'fast-check';
import { everywhere, MANY, REST } from './fixtures/every-mechanism.ts';
import { handMadeBook } from './fixtures/hand-made-book.ts';

const rowsOf = ({ accounts }: Book) => Array.from({ length: accounts.count }, (_, row) => row as AccountRow);

/** A book at moved prices, some of whose accounts are no longer those of the book. */
function moved(book: Book, factor: number, volatilityFactor: number) {
  const prices = ownPrices(book);
  const oraclePriceUsd = prices.oraclePriceUsd.map((usd) => (usd > 100 ? usd * factor : usd));
  const oracleFactor = prices.oraclePriceUsd.map((usd) => (usd > 100 ? factor : 1));
  return bookValues(book, {
    amount: book.legs.amount,
    prices: { ...prices, oraclePriceUsd, oracleFactor },
    volatilityFactor,
    isTouched: Uint8Array.from(book.accounts.venue, (_, row) => Number(row % 3 === 0)),
  });
}

test('a pass over the columns says of every account, to the bit, what is said of it alone', () => {
  let due = 0;
  const move = fc.double({ min: 0.4, max: 1.6, noNaN: true });
  fc.assert(
    fc.property(everywhere, move, move, (accounts, factor, volatility) => {
      const book = handMadeBook(MANY, accounts, REST);
      for (const values of [ownValues(book), moved(book, factor, volatility)]) {
        const found = valueAccounts(values);
        const isDueThere = dueAccounts(values, found);
        for (const row of rowsOf(book)) {
          const { healthFactor, collateralUsd, debtUsd } = found;
          const alone = valueAccount(values, row);
          expect({
            healthFactor: healthFactor[row],
            collateralUsd: collateralUsd[row],
            debtUsd: debtUsd[row],
          }).toEqual(alone);
          expect([row, isDueThere[row] === 1]).toEqual([row, isDue(values, row)]);
          due += isDueThere[row]!;
        }
      }
      const values = ownValues(book);
      const { healthFactor } = totalsOfAccounts(values);
      expect([...healthFactor]).toEqual(rowsOf(book).map((row) => accountTotals(values, row).healthFactor));
    }),
    { numRuns: 150, seed: 12 },
  );
  expect(due).toBeGreaterThan(100);
});

test('at the line the venue’s integers decide, also where an asset has hardly any decimals', () => {
  // A raw unit of it is worth 30 USD: rounding weighs more than any band.
  const coarse = { symbol: 'coarse', priceUsd: 3_000, decimals: 2, liquidity: 1_000 };
  const accounts = Array.from({ length: 200 }, (_, i) => ({
    venue: 'aave36' as const,
    legs: [
      { asset: 'coarse', amount: 0.01 * (1 + (i % 7)), threshold: 0.8 },
      { asset: 'USDC', amount: -(24 * (1 + (i % 7)) + (i - 100) / 10) },
    ],
  }));
  const book = handMadeBook([...MANY, coarse], accounts, REST);
  const values = ownValues(book);
  const due = dueAccounts(values);
  expect([...due]).toEqual(rowsOf(book).map((row) => Number(isDue(values, row))));
  expect(due.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(50);
});
