import { ownValues, valueAccount, type AccountRow } from '@undertow/book';
import { bookOfAllMechanisms } from '../../book/src/fixtures/book-of-all-mechanisms.ts';
import { openShock } from './open-shock.ts';

describe('openShock', () => {
  const book = bookOfAllMechanisms();

  it('is the book itself where nothing moves', () => {
    const still = openShock(book)({ moves: [] });
    const own = ownValues(book);
    for (let row = 0; row < book.accounts.count; row++)
      expect(valueAccount(still, row as AccountRow)).toEqual(valueAccount(own, row as AccountRow));
  });

  it('moves what hangs on a reference, for every shock anew', () => {
    const shock = openShock(book);
    const at = (move: number) => shock({ moves: [{ kind: 'reference', symbol: 'ETH', move }] });
    // Two WETH against 1,000 USDC with a threshold of 0.8.
    const health = (move: number) => valueAccount(at(move), 0 as AccountRow).healthFactor;
    expect(health(-0.5)).toBeCloseTo(1.6, 12);
    expect(health(0.25)).toBeCloseTo(4, 12);
    expect(health(-0.5)).toBeCloseTo(1.6, 12);
    expect(shock({ moves: [], volatilityMove: 0.5 }).volatilityFactor).toBe(1.5);
    expect(() => shock({ moves: [{ kind: 'reference', symbol: 'BTC', move: 0 }] })).toThrow(
      'the book has no reference',
    );
  });
});
