import { bookOfAllMechanisms } from './fixtures/book-of-all-mechanisms.ts';
import {
  exactStanding,
  isDue,
  loneAccount,
  ownValues,
  valueAccount,
  withAmount,
  type AccountRow,
  type LegRow,
} from './index.ts';

const book = bookOfAllMechanisms();
const LONE = 0 as AccountRow;
const rowOf = (mechanism: string) =>
  book.accounts.owner.findIndex(
    (_, row) => book.venues[book.accounts.venue[row]!]!.mechanism === mechanism,
  ) as AccountRow;

describe('a lone account', () => {
  it('stands as it does in its book, by floats, by integers and by the decision of its venue', () => {
    for (let row = 0; row < book.accounts.count; row++) {
      const own = ownValues(book);
      const lone = ownValues(loneAccount(book, row as AccountRow));
      expect(valueAccount(lone, LONE)).toEqual(valueAccount(own, row as AccountRow));
      expect(exactStanding(lone, LONE)).toEqual(exactStanding(own, row as AccountRow));
      expect(isDue(lone, LONE)).toBe(isDue(own, row as AccountRow));
    }
  });

  it('has the health that its venue’s integers give: 2 WETH at 2,000 with 0.8 against 1,000 USDC', () => {
    for (const mechanism of ['pooled-lending', 'isolated-pair']) {
      const standing = exactStanding(ownValues(book), rowOf(mechanism))!;
      expect(standing.healthWad).toBe(32n * 10n ** 17n);
      expect((standing.collateral * 100n) / standing.debt).toBe(400n);
    }
    expect(exactStanding(ownValues(book), rowOf('perpetual'))).toBeUndefined();
    expect(exactStanding(ownValues(book), rowOf('option'))).toBeUndefined();
  });

  it('takes another amount of a leg, and tokens of a market as they are minted and burnt', () => {
    const lone = loneAccount(book, rowOf('money-market'));
    const held = lone.exact.amount[0]!;
    const more = withAmount(lone, 0 as LegRow, held * 2n);
    expect(more.exact.accountState[0]![0]).toBe(
      lone.exact.accountState[0]![0]! + (held * 10n ** 18n) / (2n * 10n ** 26n),
    );
    expect(withAmount(more, 0 as LegRow, held).exact.accountState).toEqual(lone.exact.accountState);
    const paid = withAmount(lone, 1 as LegRow, 0n);
    expect(exactStanding(ownValues(paid), LONE)!.healthWad).toBeUndefined();
    expect(lone.exact.amount[0]).toBe(held);
  });
});
