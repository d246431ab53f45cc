import fc from 'fast-check';
import { applyFacts } from '../apply-facts.ts';
import {
  ethFeed,
  keyed,
  marketsSaid,
  owner,
  pooledLeg,
  reference,
  START,
  switched,
  USDC,
  WETH,
} from '../fixtures/hand-made-facts.ts';
import { isDue } from '../is-due.ts';
import { emptyLedger } from '../ledger.ts';
import { readPooled } from '../pooled-lending/read.ts';
import type { AccountRow } from '../rows.ts';
import { toBook } from '../to-book.ts';
import { ownValues, valueAccount } from '../value-account.ts';
import { accountTotals } from './account-summary.ts';
import { venueSummaries } from './venue-summaries.ts';

/** One account of WETH against USDC; raw units. */
function ledgerOf(collateral: bigint, debt: bigint, answer: bigint) {
  const ledger = emptyLedger(reference);
  const legs = [pooledLeg(1, WETH, 'collateral', collateral), pooledLeg(1, USDC, 'debt', debt)];
  applyFacts(ledger, keyed([...marketsSaid, ...legs, switched(1, WETH)]));
  ledger.prices.set(ethFeed, { answer, round: 2n, updatedAt: START });
  return ledger;
}

const FIRST = 0 as AccountRow;

test('at its line and one unit beside it an account is shown, and counted, as the venue decides', () => {
  let floatsDiffer = 0;
  const amount = fc.bigInt({ min: 10n ** 9n, max: 10n ** 20n });
  const debt = fc.bigInt({ min: 1n, max: 10n ** 9n });
  fc.assert(
    fc.property(amount, debt, (collateral, owed) => {
      const at = { venue: 'aave', owner: owner(1), time: START };
      const [reading] = readPooled(ledgerOf(collateral, owed, 3_000n * 10n ** 8n), at);
      if (!reading || 'reason' in reading) throw new Error(reading?.reason);
      const line = reading.liquidationPrices.find(({ feed }) => feed === ethFeed);
      fc.pre(line !== undefined && line.answer > 1n);
      for (const answer of [line!.answer - 1n, line!.answer, line!.answer + 1n]) {
        const book = toBook(ledgerOf(collateral, owed, answer), { time: START });
        const due = isDue(ownValues(book), FIRST);
        const { healthFactor } = accountTotals(ownValues(book), FIRST);
        expect([answer, healthFactor < 1]).toEqual([answer, due]);
        expect(Math.abs(healthFactor - 1)).toBeLessThan(1);
        expect(venueSummaries(book).find(({ id }) => id === 'aave')!.due).toBe(Number(due));
        if (valueAccount(ownValues(book), FIRST).healthFactor < 1 !== due) floatsDiffer += 1;
      }
    }),
    { numRuns: 100, seed: 7 },
  );
  expect(floatsDiffer).toBeGreaterThan(0);
});

test('far from its line an account has the health factor of its floats', () => {
  const book = toBook(ledgerOf(10n ** 18n, 1_000n * 10n ** 6n, 3_000n * 10n ** 8n), { time: START });
  expect(accountTotals(ownValues(book), FIRST).healthFactor).toBeCloseTo((3_000 * 0.825) / 1_000, 12);
});
