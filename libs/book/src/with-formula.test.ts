import type { FeedFormula, FeedId } from '@undertow/market';
import { emptyLedger, type Ledger } from './ledger.ts';
import { withFormula } from './with-formula.ts';

const WAD = 10n ** 18n;
const TIME = 1_800_000_000;
const [base, rate, outer, other]: FeedId[] = ['base', 'rate', 'outer', 'other'];
const rateUnder = (cap: bigint, since = 0n): FeedFormula => ({
  ...{ form: 'rate', base: base!, rate: 12n * (WAD / 10n), rateDecimals: 18 },
  cap: { rate: cap, since, growthPerSecond: 0n, growthScale: 1n },
});
const twice = (of: FeedId): FeedFormula => ({
  ...{ form: 'product', times: [of], over: [], multiplier: 2n, divisor: 1n },
});

function ledgerOf(): Ledger {
  const ledger = emptyLedger();
  const says = (feed: FeedId, answer: bigint) => ledger.prices.set(feed, { answer, round: 1n, updatedAt: 7 });
  says(base!, 2_000n * 10n ** 8n);
  // One unit above what its formula gives: what was answered is what counts.
  says(rate!, 2_400n * 10n ** 8n + 1n);
  says(outer!, 4_800n * 10n ** 8n);
  says(other!, 4_000n * 10n ** 8n);
  ledger.formulas.set(rate!, rateUnder(2n * WAD));
  ledger.formulas.set(outer!, twice(rate!));
  ledger.formulas.set(other!, twice(base!));
  return ledger;
}

it('moves what is made of a price source by as much as its formula, and nothing else', () => {
  const ledger = ledgerOf();
  const changed = withFormula(ledger, rate!, { formula: rateUnder(11n * (WAD / 10n)), time: TIME });
  const answers = (of: Ledger) => [base, rate, outer, other].map((feed) => of.prices.get(feed!)!.answer);
  expect(answers(changed)).toEqual([2_000, 2_200, 4_400, 4_000].map((usd) => BigInt(usd) * 10n ** 8n));
  expect(changed.prices.get(rate!)).toMatchObject({ round: 1n, updatedAt: 7 });
  expect(answers(ledger)[1]).toBe(2_400n * 10n ** 8n + 1n);
  expect(ledger.formulas.get(rate!)).toEqual(rateUnder(2n * WAD));
});

it('leaves every answer to the last unit under a cap that does not bind', () => {
  const ledger = ledgerOf();
  const changed = withFormula(ledger, rate!, { formula: rateUnder(13n * (WAD / 10n)), time: TIME });
  expect(changed.prices).toEqual(ledger.prices);
});

it('says so where the source would answer nothing', () => {
  const formula = rateUnder(WAD, BigInt(TIME + 1));
  expect(() => withFormula(ledgerOf(), rate!, { formula, time: TIME })).toThrow(
    /price source rate would give no answer/,
  );
});
