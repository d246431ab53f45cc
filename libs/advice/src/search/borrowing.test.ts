import {
  contentWithTerms,
  ownValues,
  valueAccount,
  withScaledLegs,
  type AccountRow,
  type Book,
  type BookContent,
  type TermsOverride,
} from '@undertow/book';
import fc from 'fast-check';
import { handMadeBook } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { lendingAccounts, RANDOM_ASSETS } from '../../../cascade/src/fixtures/random-books.ts';
import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import { keepsHealth, keepsUse, timesAccounts } from './borrowing.ts';

const changedBy = (book: Book, override: TermsOverride) => contentWithTerms(book, [override]);
const health = (book: BookContent, row = 0) =>
  valueAccount(ownValues({ ...book, hash: '' }), row as AccountRow).healthFactor;
const debt = (book: BookContent, row: number) =>
  valueAccount(ownValues({ ...book, hash: '' }), row as AccountRow).debtUsd;

describe('keepsHealth', () => {
  it('leaves everybody as far from the line as before, whatever the threshold', () => {
    fc.assert(
      fc.property(lendingAccounts(), fc.integer({ min: 30, max: 90 }), (accounts, percent) => {
        const book = handMadeBook(RANDOM_ASSETS, accounts);
        const venue = 'aave36';
        if (!accounts.some((account) => account.venue === venue)) return;
        const override = {
          kind: 'market',
          venue,
          market: 'WETH',
          field: 'liquidationThreshold',
          value: percent / 100,
        } as const;
        const changed = changedBy(book, override);
        const levered = withScaledLegs(changed, keepsHealth(book, changed));
        for (let row = 0; row < book.accounts.count; row++) {
          // A debt is rounded down to a raw unit, which of WBTC is worth 0.0006 USD.
          expect(Math.abs(health(levered, row) - health(book, row))).toBeLessThan(
            (2e-3 * health(book, row)) / debt(levered, row),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('shrinks the positions of a margin account that must put up more', () => {
    const book = bookOfAllMechanisms();
    const changed = changedBy(book, {
      kind: 'venue',
      venue: 'perpetual@test',
      field: 'maintenanceMargin',
      value: 0.1,
    });
    const factor = keepsHealth(book, changed);
    const base = book.legs.role.indexOf(4);
    expect(factor[base]).toBeGreaterThan(0);
    const levered = withScaledLegs(changed, factor);
    expect(health(levered, 3)).toBeCloseTo(health(book, 3), 5);
    expect(factor[base]).not.toBe(1);
  });
});

describe('keepsUse', () => {
  it('lets everybody use the same share of another limit', () => {
    const book = bookOfAllMechanisms();
    const changed = changedBy(book, {
      kind: 'market',
      venue: 'pooled-lending@test',
      market: 'pool',
      field: 'loanToValue',
      value: 0.6,
    });
    // The limit was half the threshold of 80 %.
    expect(keepsUse(book, changed)[1]).toBeCloseTo(1.5, 12);
  });

  it('lets who owes more than the old limit only fill the new one', () => {
    const start = bookOfAllMechanisms();
    const book = { ...start, legs: { ...start.legs, amount: start.legs.amount.with(1, 2_000) } };
    const limit = (value: number) =>
      keepsUse(
        book,
        changedBy(book, {
          kind: 'market',
          venue: 'pooled-lending@test',
          market: 'pool',
          field: 'loanToValue',
          value,
        }),
      )[1];
    expect(limit(0.6)).toBeCloseTo(2_400 / 2_000, 12);
    expect(limit(0.45)).toBe(1);
    expect(limit(0.3)).toBe(1);
  });
});

describe('timesAccounts', () => {
  it('grows all legs of those who are meant', () => {
    const book = bookOfAllMechanisms();
    const factor = timesAccounts(book, (leg) => leg === 3, 2);
    expect([...factor.slice(0, 6)]).toEqual([1, 1, 2, 2, 1, 1]);
  });
});
