import { openEngine } from '@undertow/cascade';
import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
} from '../../../cascade/src/fixtures/hand-made-book.ts';
import { studiedBook } from '../fixtures/studied.ts';
import { condensed, condensedDifference } from './condensed.ts';

const assets = [
  { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} },
  { symbol: 'ETH', priceUsd: 2_500, decimals: 18, liquidity: 4e6 },
];

/** Six hundred owners of three health factors, a few of them large. */
const many = Array.from({ length: 600 }, (_, at): HandMadeAccount => ({
  venue: at % 2 === 0 ? 'aave36' : 'morpho',
  owner: handMadeAddress(10_000 + at),
  legs: [
    { asset: 'ETH', amount: at < 6 ? 500 : 10 + (at % 5), threshold: 0.8, bonus: 0.05 },
    { asset: 'USDC', amount: -(at < 6 ? 500 : 10 + (at % 5)) * 2_500 * (0.6 + (at % 3) * 0.05) },
  ],
}));
const book = handMadeBook(assets, many);

describe('condensed', () => {
  it('is the book itself where it is small enough', () => {
    expect(condensed(studiedBook, 30)).toBe(studiedBook);
  });

  it('puts small accounts that are alike together, and keeps every unit', () => {
    const trial = condensed(book, 60);
    expect(trial.accounts.count).toBeLessThanOrEqual(60);
    expect(trial.accounts.count).toBeGreaterThanOrEqual(30);
    expect(condensedDifference(book, trial).debt).toBeLessThan(1e-12);
    expect(condensedDifference(book, trial).collateral).toBeLessThan(1e-12);
    for (const owner of many.slice(0, 6).map((account) => account.owner!))
      expect(trial.accounts.owner).toContain(owner);
  });

  it('lets one account stand for similar ones where they are too different, and keeps what they owe', () => {
    // Two collaterals, of which every account has another share.
    const different = many.map((account, at) => ({
      ...account,
      venue: 'aave36' as const,
      legs: [...account.legs, { asset: 'USDC', amount: 1, threshold: 0.5 + (at % 97) * 0.001, bonus: 0.05 }],
    }));
    const whole = handMadeBook(assets, different);
    const trial = condensed(whole, 60);
    expect(trial.accounts.count).toBeLessThanOrEqual(60);
    expect(condensedDifference(whole, trial).debt).toBeLessThan(1e-6);
    expect(condensedDifference(whole, trial).collateral).toBeLessThan(0.01);
  });

  it('loses in a cascade nearly what the whole book loses', () => {
    const lossesOf = (of: typeof book) => {
      const losses: number[] = [];
      const scenarios = [-0.3, -0.5].map((move) => ({
        moves: [{ kind: 'reference' as const, symbol: 'ETH', move }],
      }));
      openEngine(of, { kind: 'fast' }).run(scenarios, ({ lossUsd }) => losses.push(lossUsd));
      return losses;
    };
    const [all, some] = [lossesOf(book), lossesOf(condensed(book, 150))];
    for (const [at, usd] of all.entries()) expect(Math.abs(some[at]! / usd - 1)).toBeLessThan(0.03);
    expect(all[1]).toBeGreaterThan(1e5);
  });
});
