import {
  accountSummary,
  accountTotals,
  ownValues,
  type AccountRow,
  type AccountTotals,
  type Book,
} from '@undertow/book';
import { LiveBook } from './live-book.ts';
import { rankAccounts } from './rank-accounts.ts';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { recordDevnet } from '../test-server/record-devnet.ts';

let book: Book;
beforeAll(async () => {
  const source = new MemoryFacts(await recordDevnet(40));
  source.moveTo(source.newest);
  const live = new LiveBook(source);
  await live.update();
  ({ book } = await live.at());
}, 60_000);

const rows = (of: Book) =>
  Array.from({ length: of.accounts.count }, (_, row) => accountTotals(ownValues(of), row as AccountRow));

/** Average threshold in basis points, weighted by value. */
function averageBps(of: Book, totals: AccountTotals): number {
  const held = accountSummary(of, totals).legs.filter(({ liquidationThreshold }) => liquidationThreshold > 0);
  const weighted = held.reduce((sum, leg) => sum + leg.valueUsd * leg.liquidationThreshold, 0);
  return (weighted / totals.collateralUsd) * 10_000;
}

describe('rankAccounts', () => {
  it('keeps to those whose health factor is at most the limit, in the order asked for', () => {
    const limit = 1.25;
    const [all, some] = [rankAccounts(book, 'debt'), rankAccounts(book, 'debt', { maxHealthFactor: limit })];
    expect(some).toEqual(all.filter(({ healthFactor }) => healthFactor <= limit));
    expect(some.length).toBeGreaterThan(3);
    expect(some.length).toBeLessThan(all.length);
  });
});

describe('accountTotals', () => {
  it('floors the average threshold where the rule does, as that of release 3.0 alone', () => {
    const newer: Book = {
      ...book,
      venues: book.venues.map((venue) =>
        venue.rule?.kernel === 'repay-and-seize'
          ? { ...venue, rule: { ...venue.rule, floorsAverageThreshold: false } }
          : venue,
      ),
    };
    const now = rows(newer);
    const pairs = rows(book)
      .map((old, row) => [old, now[row]!] as const)
      .filter(([{ row }]) => book.venues[book.accounts.venue[row]!]!.version === '3.0');
    const mixed = pairs.filter(
      ([old]) => averageBps(book, old) % 1 > 1e-3 && averageBps(book, old) % 1 < 0.999,
    );
    expect(mixed.length).toBeGreaterThan(3);
    for (const [old, now] of mixed) {
      const average = averageBps(book, old);
      expect(now.healthFactor).toBeCloseTo(((average / 10_000) * old.collateralUsd) / old.debtUsd, 10);
      expect(old.healthFactor / now.healthFactor).toBeCloseTo(Math.floor(average) / average, 10);
    }
  });
});
