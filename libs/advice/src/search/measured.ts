import { withScaledLegs, type Book } from '@undertow/book';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { lossesCounted, type Asked } from '../study/asked.ts';
import type { Study, Swept } from '../study/study.ts';
import { timesAccounts } from './borrowing.ts';
import { fallsOf, largestOn } from './hard-bound.ts';
import { Trial, worstOf, type RunLosses } from './trial.ts';

/** How the losses of one place are counted, and in which scenarios they are looked at. */
export interface Measured {
  /** A trial of a book, run in none of the scenarios yet. */
  readonly trial: (book: Book) => Trial;
  /** The same of the present terms, which have been run in all. */
  readonly present: () => Trial;
  /** What counts of a trial. Scenarios that it was not run in count as 0. */
  readonly losses: (trial: Trial) => RunLosses;
  /** The scenarios that a value is tried in first. */
  readonly tail: readonly number[];
  /** The scenarios that a value is confirmed in. */
  readonly confirmed: readonly number[];
}

/** At least so many scenarios are tried first. */
const LEAST_TAIL = 10;
/** Of all scenarios a `wide` tail has this share, by each of its two orders. */
const WIDE_SHARE = 0.1;

/**
 * Opens what is counted of a place. The scenarios that are looked at first are those that lose most under the present terms, and
 * those in which the market's collateral falls farthest, as another value may lose most there.
 */
export function measuredAt(study: Study, swept: Swept, place: ParameterPlace): Measured {
  const { asked, trialBook } = study;
  const { scenarios, table } = swept;
  const counted = lossesCounted(asked.tolerance);
  const ready = counted === 'venue' ? table.grouped('venueLossUsd', place.venueRow) : table.figure('lossUsd');
  const measured = (outcome: { readonly lossUsd: number; readonly venueLossUsd: Float64Array }) =>
    counted === 'venue' ? outcome.venueLossUsd[place.venueRow]! : outcome.lossUsd;
  const without =
    counted === 'added'
      ? new Trial(withoutAccounts(trialBook, place), { scenarios, measured: ({ lossUsd }) => lossUsd })
      : undefined;
  const orders = [ready, fallsAt(study, place)];
  const worst = (many: number) => [
    ...new Set(orders.flatMap((order) => (order ? worstOf(order, many) : []))),
  ];
  const count = scenarios.length;
  const tail = Math.max(LEAST_TAIL, Math.ceil(2 * count * (1 - asked.confidence) - 1e-9));
  const wide = Math.max(tail, Math.ceil(count * WIDE_SHARE));
  return {
    trial: (book) => new Trial(book, { scenarios, measured }),
    present: () => new Trial(trialBook, { scenarios, measured, ready }),
    losses: (trial) => (without ? addedBy(trial, without) : trial),
    tail: worst(Math.min(count, tail)),
    confirmed: asked.confirm === 'wide' ? worst(Math.min(count, wide)) : [...scenarios.keys()],
  };
}

/** The scenarios that all changes together are confirmed in, by the present losses alone. */
export function scenariosFor(present: Float64Array, { confirm }: Asked): number[] {
  return confirm === 'wide' ? worstOf(present, Math.ceil(present.length * WIDE_SHARE)) : [...present.keys()];
}

/** What a trial loses beyond what is lost without the market's accounts, in the scenarios that it was run in. */
function addedBy(trial: Trial, without: Trial): RunLosses {
  const run = trial.ran();
  without.run(run);
  const lossUsd = new Float64Array(trial.lossUsd.length);
  for (const index of run) lossUsd[index] = Math.max(0, trial.lossUsd[index]! - without.lossUsd[index]!);
  return { lossUsd, done: run.length };
}

/** The book without the accounts that a parameter is about: with collateral on the market, owing in it, or at the venue. */
export function withoutAccounts(book: Book, { parameter, marketRow, venueRow }: ParameterPlace): Book {
  const { accounts, legs } = book;
  const venueOf = new Uint16Array(legs.count);
  for (let account = 0; account < accounts.count; account++)
    venueOf.fill(accounts.venue[account]!, accounts.legStart[account], accounts.legStart[account + 1]);
  const isMeant = (leg: number) =>
    marketRow === undefined
      ? venueOf[leg] === venueRow
      : parameter.kind === 'borrowCap'
        ? legs.side[leg] === -1 && legs.market[leg] === marketRow
        : legs.side[leg] === 1 && legs.termsMarket[leg] === marketRow;
  return { ...withScaledLegs(book, timesAccounts(book, isMeant, 0)), hash: '' };
}

/** By scenario, how far the collateral of the market's largest account falls; undefined where it has none. */
function fallsAt(study: Study, place: ParameterPlace): Float64Array | undefined {
  const largest = place.marketRow === undefined ? undefined : largestOn(study.trialBook, place);
  return largest && fallsOf(study, largest.collateral);
}
