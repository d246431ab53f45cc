import fc from 'fast-check';
import type { Book } from './book.ts';
import { checkBook } from './check/check-book.ts';
import { bookOfAllMechanisms } from './fixtures/book-of-all-mechanisms.ts';
import { held, MONEY_MARKET, oldBookFile, owed, POOL } from './fixtures/old-book-file.ts';
import { importBook } from './file/import-book.ts';
import { mergeSplitLegs } from './merge-split-legs.ts';

const assets = [
  { symbol: 'USDC', decimals: 6, priceUsd: 1 },
  { symbol: 'WETH', priceUsd: 3_000 },
];

/** Two accounts, of which each leg is listed in parts of so many units. */
function listed(
  venue: typeof POOL,
  parts: { readonly weth: readonly number[]; readonly usdc: readonly number[] },
): Book {
  const legs = [
    ...parts.weth.map((amount) => held('WETH', amount, 0.8, 0.05)),
    ...parts.usdc.map((amount) => owed('USDC', amount)),
  ];
  const accounts = [
    { venue: venue.id, legs },
    { venue: venue.id, legs: legs.toReversed() },
  ];
  return importBook(oldBookFile({ assets, venues: [venue], accounts }));
}

describe('mergeSplitLegs', () => {
  test('gives a book itself where nothing is listed in parts', () => {
    const book = bookOfAllMechanisms();
    expect(mergeSplitLegs(book)).toBe(book);
  });

  test('leaves legs apart that differ in a term', () => {
    const legs = [
      held('WETH', 1, 0.8, 0.05),
      held('WETH', 1, 0.7, 0.05),
      held('WETH', 1, 0, 0),
      owed('USDC', 1),
    ];
    const book = importBook(oldBookFile({ assets, venues: [POOL], accounts: [{ venue: 'pool', legs }] }));
    expect(mergeSplitLegs(book)).toBe(book);
  });

  test.each([POOL, MONEY_MARKET])(
    'makes of parts the very book of the wholes, but for its hash ($id)',
    (venue) => {
      const cents = fc.array(fc.integer({ min: 1, max: 1e12 }), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(cents, cents, (weth, usdc) => {
          const units = (parts: readonly number[]) => parts.map((part) => part / 1e6);
          const whole = (parts: readonly number[]) => units([parts.reduce((sum, part) => sum + part)]);
          const split = listed(venue, { weth: units(weth), usdc: units(usdc) });
          const merged = mergeSplitLegs(split);
          const expected = listed(venue, { weth: whole(weth), usdc: whole(usdc) });
          expect(merged.hash).toBe(split.hash);
          const coverage = expect.anything() as unknown;
          expect({ ...merged, hash: expected.hash }).toEqual({ ...expected, coverage });
          checkBook(merged);
        }),
        { numRuns: 60 },
      );
    },
  );
});
