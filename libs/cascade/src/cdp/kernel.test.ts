import { isDue, type AccountRow, type Book } from '@undertow/book';
import { cdpBatch } from '@undertow/market';
import fc from 'fast-check';
import { amountOf, claimOn, largestOffer, offersFor } from '../fixtures/claims.ts';
import { handMadeBook, type HandMadeAccount, type HandMadeAsset } from '../fixtures/hand-made-book.ts';
import { handMadeView } from '../fixtures/hand-made-view.ts';
import { imbalance } from '../fixtures/imbalance.ts';
import type { Effect, Liquidation } from '../kernel.ts';

const WAD = 10n ** 18n;
const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 2_000, decimals: 18, liquidity: 1e6 },
  { symbol: 'MUSD', priceUsd: 1, decimals: 18, oracle: 'constant' },
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
];

/** A position of some collateral, with a ratio of collateral to debt at 2,000. */
const position = (collateral: number, ratio: number): HandMadeAccount => ({
  venue: 'cdp',
  stake: collateral,
  legs: [
    { asset: 'WETH', amount: collateral, threshold: 1 / 1.1 },
    { asset: 'MUSD', amount: -Math.round(((collateral * 2_000) / ratio) * 1e6) / 1e6 },
  ],
});

function bookOf(accounts: readonly HandMadeAccount[], pool: number): Book {
  return handMadeBook(ASSETS, accounts, {
    funds: [{ venue: 'cdp', kind: 'stability-pool', asset: 'MUSD', amount: pool }],
    marketState: {
      'cdp WETH': [1_100_000_000_000_000_000n, 10n ** 10n],
      'cdp MUSD': [1_100_000_000_000_000_000n, 10n ** 10n],
    },
  });
}

/** The batch that is due at the book's own price; none when nobody is. */
function batchOf(book: Book): readonly Liquidation[] {
  const view = handMadeView(book);
  const rows = book.accounts.owner.map((_, row) => row).filter((row) => claimOn(view, row));
  if (rows.length === 0 || typeof offersFor(view, rows[0]) === 'string') return [];
  return largestOffer(view, rows[0]).at(1);
}

const all = (done: readonly Liquidation[]) => done.flatMap(({ effects }) => effects);
const badDebts = (done: readonly Liquidation[]) =>
  all(done).filter((effect): effect is Extract<Effect, { kind: 'badDebt' }> => effect.kind === 'badDebt');

test('the pool pays for the riskiest first; what it cannot pay goes to the others by stake', () => {
  const book = bookOf([position(10, 1.05), position(30, 2), position(5, 1.02), position(10, 1.5)], 9_000);
  const done = batchOf(book);
  expect(done.map(({ account }) => account)).toEqual([2, 0]);
  const [first, second] = done as [Liquidation, Liquidation];
  expect(first.repaidUsd).toBeCloseTo(9_000, 6);
  expect(first.seizedUsd).toBeCloseTo(10_000, 6);
  expect(second.repaidUsd).toBe(0);
  // 0.5 % of both to the liquidator; of the first also the pool's part, sold by its depositors.
  const offer = largestOffer(handMadeView(book), 2);
  expect(offer.mostPart).toBe(0);
  expect(offer.flows).toEqual([{ asset: 0, amount: expect.closeTo(0.075, 12) as number }]);
  const toPool = 4.975 * (9_000 / (10_000 / 1.02));
  expect(offer.soldByOthers).toEqual([{ asset: 0, amount: expect.closeTo(toPool, 9) as number }]);
  const taken = second.effects.filter((effect) => effect.kind === 'leg').slice(2);
  const owed = 10_000 / 1.02 - 9_000 + 20_000 / 1.05;
  expect(taken).toHaveLength(4);
  expect(taken[1]).toMatchObject({ leg: book.accounts.legStart[1]! + 1 });
  expect(taken[1]!.delta).toBeCloseTo(owed * 0.75, 5);
  expect(taken[3]!.delta).toBeCloseTo(owed * 0.25, 5);
});

test('amounts are those of the exact integers', () => {
  const positions = fc.record({
    collateral: fc.integer({ min: 1, max: 500 }),
    ratio: fc.double({ min: 0.7, max: 1.3, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(positions, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 400_000 }),
      (some, pool) => {
        const book = bookOf(
          [...some.map(({ collateral, ratio }) => position(collateral, ratio)), position(100, 3)],
          pool,
        );
        const done = batchOf(book);
        const rows = book.accounts.owner.map((_, row) => row as AccountRow);
        const due = rows.filter((row) => isDue(handMadeView(book), row));
        expect([...done.map(({ account }) => account)].sort((a, b) => a - b)).toEqual(due);
        const { amount } = book.exact;
        const { liquidations } = cdpBatch(
          done.map(({ account }) => {
            const leg = book.accounts.legStart[account]!;
            return { collateral: amount[leg]!, principal: amount[leg + 1]!, interest: 0n };
          }),
          { pool: BigInt(pool) * WAD, compensationDivisor: 200n },
        );
        let [toLiquidator, toPool] = [0, 0];
        for (const [i, { compensation, offset, redistributed }] of liquidations.entries()) {
          toLiquidator += Number(compensation) / 1e18;
          toPool += Number(offset.collateral) / 1e18;
          expect(-amountOf(done[i]!, 'fund')).toBeCloseTo(Number(offset.principal) / 1e18, 6);
          const lossOf = ({ collateral, principal }: { collateral: bigint; principal: bigint }) =>
            Math.max(0, (Number(principal) - 2_000 * Number(collateral)) / 1e18);
          expect(amountOf(done[i]!, 'badDebt')).toBeCloseTo(lossOf(offset) + lossOf(redistributed), 5);
        }
        if (!done[0]) return;
        const offer = largestOffer(handMadeView(book), done[0].account);
        expect(offer.flows[0]!.amount).toBeCloseTo(toLiquidator, 8);
        expect(offer.soldByOthers[0]!.amount).toBeCloseTo(toPool, 8);
        // One batch is one transaction: it balances as a whole.
        expect(imbalance(book, offer)).toEqual({});
      },
    ),
  );
});

test('who bears a loss: depositors what the pool paid for, the others what they took over', () => {
  const done = batchOf(bookOf([position(10, 0.9), position(50, 4)], 5_000));
  const losses = badDebts(done);
  const debt = 20_000 / 0.9;
  const loss = debt - 20_000 * 0.995;
  expect(losses.map(({ borneBy }) => borneBy)).toEqual(['fund', 'others']);
  expect(losses[0]!.amount).toBeCloseTo(loss * (5_000 / debt), 4);
  expect(losses[1]!.amount).toBeCloseTo(loss * (1 - 5_000 / debt), 4);
});

test('the last position of all is never liquidated; the safest is kept', () => {
  expect(offersFor(handMadeView(bookOf([position(10, 1.05)], 1e6)))).toBe('last-position');
  expect(batchOf(bookOf([position(10, 1.05)], 1e6))).toEqual([]);
  expect(
    batchOf(bookOf([position(10, 1.05), position(10, 1.04)], 1e6)).map(({ account }) => account),
  ).toEqual([1]);
});

test('nobody is due, nothing happens', () => {
  expect(batchOf(bookOf([position(10, 1.11), position(10, 1.5)], 0))).toEqual([]);
});
