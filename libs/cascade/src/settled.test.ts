import fc from 'fast-check';
import { contentWithTerms, valueAccount, ownValues, type AccountRow, type Book } from '@undertow/book';
import { crowdBook } from './fixtures/crowd-books.ts';
import { everywhere, MANY, REST } from './fixtures/every-mechanism.ts';
import { handMadeBook } from './fixtures/hand-made-book.ts';
import { settled } from './settled.ts';
import { simulate } from './simulate.ts';

const calm = (book: Book) => simulate(book, { moves: [] }, { band: false });

/** The crowd with another line for ETH. */
const withLine = (value: number): Book => ({
  ...contentWithTerms(crowdBook(), [
    { kind: 'market', venue: 'aave30', market: 'ETH', field: 'liquidationThreshold', value },
  ]),
  hash: '',
});

describe('settled', () => {
  it('changes nothing where nobody is due', () => {
    const { book, lossUsd } = settled(crowdBook());
    expect([...book.legs.amount]).toEqual([...crowdBook().legs.amount]);
    expect(lossUsd).toBe(0);
  });

  it('takes from those who are due what the cascade takes, and leaves nobody due', () => {
    const before = withLine(0.65);
    const run = calm(before);
    const { book, lossUsd } = settled(before);
    expect(run.accounts).toBeGreaterThan(0);
    const debtUsd = (of: Book) =>
      [...of.accounts.venue.keys()].reduce(
        (sum, row) => sum + valueAccount(ownValues(of), row as AccountRow).debtUsd,
        0,
      );
    expect(debtUsd(before) - debtUsd(book)).toBeCloseTo(run.repaidUsd, 0);
    expect(calm(book).accounts).toBe(0);
    expect([run.lossUsd, lossUsd]).toEqual([0, 0]);
  });

  it('counts a loss once: what it lost is not lost again, on books of every mechanism', () => {
    let lost = 0;
    fc.assert(
      fc.property(everywhere, (accounts) => {
        const before = handMadeBook(MANY, accounts, REST);
        const whole = calm(before);
        const first = settled(before);
        expect(first.lossUsd).toBeLessThanOrEqual(whole.badDebtUsd * (1 + 1e-9) + 1e-6);
        expect([...first.book.legs.amount].every((amount) => amount >= 0)).toBe(true);
        const again = settled(first.book);
        expect(again.lossUsd).toBeLessThanOrEqual(1e-6 + 0.01 * first.lossUsd);
        lost += Number(first.lossUsd > 0);
      }),
      { numRuns: 60, seed: 3 },
    );
    expect(lost).toBeGreaterThan(0);
  });
});
