import { hashBook } from '../file/canonical.ts';
import { bookOfAllMechanisms } from '../fixtures/book-of-all-mechanisms.ts';
import { checkBook } from '../check/check-book.ts';
import type { AccountRow } from '../rows.ts';
import { ownValues, valueAccount } from '../value-account.ts';
import { withScaledLegs } from './with-scaled-legs.ts';
import { contentWithTerms, withTerms } from './with-terms.ts';

const book = bookOfAllMechanisms();
const times = (of: (leg: number) => number) =>
  Float64Array.from({ length: book.legs.count }, (_, leg) => of(leg));
const made = (factor: Float64Array) => {
  const content = withScaledLegs(book, factor);
  const { hash: _, ...rest } = content as typeof book;
  return { ...rest, hash: hashBook(rest) };
};

describe('withScaledLegs', () => {
  it('gives debts so many times their amounts, and halves health by twice the debt', () => {
    const doubled = made(times((leg) => (book.legs.side[leg] === -1 ? 2 : 1)));
    for (const [row, venue] of [...book.accounts.venue].entries()) {
      if (book.venues[venue]!.mechanism === 'option' || book.venues[venue]!.mechanism === 'perpetual')
        continue;
      const health = (of: typeof book) => valueAccount(ownValues(of), row as AccountRow).healthFactor;
      expect(health(doubled)).toBeCloseTo(health(book) / 2, 9);
    }
    expect(doubled.exact.amount[1]).toBe(2n * book.exact.amount[1]!);
  });

  it('gives a book whose integers and floats still belong together', () => {
    for (const factor of [0.5, 1 / 3, 1.7, 3])
      expect(() => checkBook(made(times(() => factor)))).not.toThrow();
  });

  it('grows what redistributions are shared by, and tokens that stand for a supply', () => {
    const tripled = made(times(() => 3));
    expect([...tripled.accounts.stake]).toEqual([...book.accounts.stake].map((stake) => 3 * stake));
    expect(tripled.exact.accountState.at(-1)).toEqual([15n * 10n ** 8n, 0n]);
  });

  it('is the book itself at factors of 1', () => {
    expect(made(times(() => 1)).hash).toBe(book.hash);
  });
});

describe('contentWithTerms', () => {
  it('is withTerms without its hash', () => {
    const override = {
      kind: 'market',
      venue: 'pooled-lending@test',
      market: 'pool',
      field: 'liquidationThreshold',
      value: 0.75,
    } as const;
    const changed = withTerms(book, [override]);
    const { hash: _, ...rest } = contentWithTerms(book, [override]) as typeof book;
    expect(hashBook(rest)).toBe(changed.hash);
  });
});
