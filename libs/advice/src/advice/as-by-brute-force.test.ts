import fc from 'fast-check';
import type { Book } from '@undertow/book';
import { openEngine } from '@undertow/cascade';
import type { MonteCarloPlan } from '@undertow/sweep';
import { handMadeBook } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { lendingAccounts, RANDOM_ASSETS } from '../../../cascade/src/fixtures/random-books.ts';
import { parametersOf, type ParameterPlace } from '../parameters/parameters-of.ts';
import { BEHAVIOURS } from '../search/borrowing.ts';
import { candidateOf, type LostAtOnce } from '../search/candidate.ts';
import { isOrdered, toleranceUsd } from '../search/found.ts';
import { hardBoundOf, largestOn } from '../search/hard-bound.ts';
import { valuesOf } from '../search/ladder.ts';
import { shortfallOf } from '../search/trial.ts';
import { withoutAccounts } from '../search/without-market.ts';
import { lossesCounted, LOSSES_OF, type Asked } from '../study/asked.ts';
import { openStudy, type Study } from '../study/study.ts';
import { adviseOne } from './advise-one.ts';

const plan: MonteCarloPlan = {
  version: 1,
  kind: 'monte-carlo',
  count: 60,
  seed: 5,
  factors: ['WETH', 'WBTC'],
  model: {
    kind: 'student-t',
    degreesOfFreedom: 4,
    covariance: [
      [0.0144, 0.008],
      [0.008, 0.0144],
    ],
  },
};

/** What counts of a book's losses by scenario, each run by a new engine and without anything that is known of others. */
function countedBy(study: Study, place: ParameterPlace): (book: Book, atOnce?: LostAtOnce) => Float64Array {
  const { asked, trialBook, swept } = study;
  const counted = lossesCounted(asked.tolerance);
  const counts = (of: LostAtOnce) => (counted === 'venue' ? of.venueLossUsd[place.venueRow]! : of.lossUsd);
  const losses = (book: Book, atOnce?: LostAtOnce) => {
    const found: number[] = [];
    openEngine(book, { kind: 'fast' }).run(swept!.scenarios, (outcome) =>
      found.push(counts(outcome) + (atOnce ? counts(atOnce) : 0)),
    );
    return Float64Array.from(found);
  };
  if (counted !== 'added') return losses;
  const without = losses(withoutAccounts(trialBook, place));
  return (book, atOnce) => losses(book, atOnce).map((usd, index) => Math.max(0, usd - without[index]!));
}

/** The expected shortfall under a value, and whether it is within the tolerance. */
function openBruteForce(study: Study, place: ParameterPlace) {
  const { asked, trialBook } = study;
  const counted = countedBy(study, place);
  const { behaviour = 'keep-health' } = asked;
  return (value: number) => {
    const { book, debtUsd, atOnce } = candidateOf({ book: trialBook, place, behaviour }, value);
    // Under the present value everybody stays as they are, to the last unit.
    const losses = value === place.current ? counted(trialBook) : counted(book, atOnce);
    const shortfallUsd = shortfallOf(losses, asked.confidence);
    return { shortfallUsd, isWithin: shortfallUsd <= toleranceUsd(asked, debtUsd) };
  };
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

describe('an advice', () => {
  it('is what trying every value in every scenario comes to, on random books', () => {
    let [rising, advised] = [0, 0];
    const question = fc.record({
      accounts: lendingAccounts(undefined, 14),
      of: fc.constantFrom(...LOSSES_OF),
      behaviour: fc.constantFrom(...BEHAVIOURS),
      tolerated: fc.constantFrom(0, 0.0005, 0.003, 0.01, 0.03),
    });
    fc.assert(
      fc.property(question, ({ accounts, of, behaviour, tolerated }) => {
        const book = handMadeBook(RANDOM_ASSETS, accounts);
        const tolerance: Asked['tolerance'] = { most: { kind: 'share', share: tolerated }, of };
        const asked: Asked = { plan, confidence: 0.9, stepBps: 800, tolerance, behaviour };
        const study = openStudy(book, asked);
        const places = parametersOf(book).filter(
          ({ absent, parameter: { kind } }) =>
            absent === undefined && ['liquidationThreshold', 'loanToValue', 'closeFactor'].includes(kind),
        );
        for (const place of places) {
          const advice = adviseOne(study, place);
          if (!advice.evidence) continue;
          const largest = place.marketRow === undefined ? undefined : largestOn(book, place);
          const bound = largest && hardBoundOf(study, place, largest);
          const { values } = valuesOf({ study, place, bound, usedUnits: undefined });
          const bruteForce = openBruteForce(study, place);
          const tried = values.map((value) => ({ value, ...bruteForce(value) }));
          const { before, after } = advice.evidence;
          expect(near(before.expectedShortfallUsd, bruteForce(place.current!).shortfallUsd)).toBe(true);
          const found = tried.find(({ value }) => value === advice.advised?.value);
          if (advice.advised) expect(found).toMatchObject({ isWithin: true });
          if (after) expect(near(after.expectedShortfallUsd, found!.shortfallUsd)).toBe(true);
          // What is said to exceed the tolerance does, by at least so much.
          for (const { value, excessUsd } of advice.evidence.tried)
            if (excessUsd > 0) expect(tried.find((one) => one.value === value)!.isWithin).toBe(false);
          if (!isOrdered(place)) {
            const isNone = tried.every(({ isWithin }) => !isWithin);
            expect(advice.advised === undefined).toBe(isNone);
            continue;
          }
          const firstOver = tried.findIndex(({ isWithin }) => !isWithin);
          const isRising = firstOver === -1 || tried.slice(firstOver).every(({ isWithin }) => !isWithin);
          if (!isRising) continue;
          rising += 1;
          const last = tried.findLast(({ isWithin }) => isWithin);
          expect(advice.advised?.value).toBe(last?.value);
          advised += advice.advised ? 1 : 0;
        }
      }),
      { numRuns: 10, seed: 11 },
    );
    // The cases are there of which it speaks.
    expect(rising).toBeGreaterThan(20);
    expect(advised).toBeGreaterThan(8);
    expect(advised).toBeLessThan(rising);
  });
});
