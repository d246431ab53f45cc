import type { ParameterPlace } from '../parameters/parameters-of.ts';
import { lossesCounted, type Asked } from '../study/asked.ts';
import type { Study, Swept } from '../study/study.ts';
import type { Candidate, LostAtOnce } from './candidate.ts';
import { fallsOf, largestOn } from './hard-bound.ts';
import { allReady, Trial, worstOf, type RunLosses } from './trial.ts';
import { withoutMarket } from './without-market.ts';

/** How the losses of one place are counted, and in which scenarios they are looked at. */
export interface Measured {
  /** A trial of a value, run in none of the scenarios yet. */
  readonly trial: (of: Tried) => Trial;
  /** The same of the present terms, which have been run in all. */
  readonly present: () => Trial;
  /** What counts of a trial. Scenarios that it was not run in count as 0. */
  readonly losses: (trial: Trial) => RunLosses;
  /** The scenarios that a value is tried in first: those that count most under the present terms before others. */
  readonly tail: readonly number[];
  /** The scenarios that a value is confirmed in, in the same order. */
  readonly confirmed: readonly number[];
}

/** A book, and what was lost on the way to it. */
export type Tried = Pick<Candidate, 'book' | 'atOnce'>;

/** At least so many scenarios are tried first; of the worst share of all so many times as many, by the losses that count now. */
const [LEAST_TAIL, TAIL_TIMES] = [10, 1.5];
/** Of all scenarios a `wide` tail has this share, by each of its two orders. */
const WIDE_SHARE = 0.1;

/**
 * Opens what is counted of a place. The scenarios that are looked at first are those that count most under the present terms, and
 * those in which the market's collateral falls farthest, as another value may lose most there.
 */
export function measuredAt(study: Study, swept: Swept, place: ParameterPlace): Measured {
  const { asked, trialBook } = study;
  const { scenarios, table } = swept;
  const counted = lossesCounted(asked.tolerance);
  const ready = counted === 'venue' ? table.grouped('venueLossUsd', place.venueRow) : table.figure('lossUsd');
  const measured = (lost: LostAtOnce) =>
    counted === 'venue' ? lost.venueLossUsd[place.venueRow]! : lost.lossUsd;
  const without = counted === 'added' ? withoutMarket(study, swept, place) : undefined;
  const losses = (trial: Trial) => (without ? addedBy(trial, without) : trial);
  const present = new Trial(trialBook, { scenarios, measured, ready: allReady(ready) });
  const presentUsd = losses(present).lossUsd;
  const falls = fallsAt(study, place);
  const count = scenarios.length;
  const order = worstOf(presentUsd, count);
  const worst = (most: number, ...orders: readonly (Float64Array | undefined)[]) => {
    const meant = new Set(orders.flatMap((one) => (one ? worstOf(one, Math.min(count, most)) : [])));
    return order.filter((index) => meant.has(index));
  };
  const share = count * (1 - asked.confidence);
  const tail = Math.max(LEAST_TAIL, Math.ceil(TAIL_TIMES * share - 1e-9));
  const wide = Math.max(tail, Math.ceil(count * WIDE_SHARE));
  return {
    trial({ book, atOnce }) {
      const before = atOnce ? measured(atOnce) : 0;
      return new Trial(book, { scenarios, measured: (outcome) => before + measured(outcome) });
    },
    present: () => present,
    losses,
    tail: worst(tail, presentUsd, falls),
    confirmed: asked.confirm === 'wide' ? worst(wide, ready, falls) : order,
  };
}

/** The scenarios that all changes together are confirmed in, by the present losses alone. */
export function scenariosFor(present: Float64Array, { confirm }: Asked): number[] {
  return confirm === 'wide' ? worstOf(present, Math.ceil(present.length * WIDE_SHARE)) : [...present.keys()];
}

/**
 * What a trial loses beyond what is lost without the market's accounts, in the scenarios that it was run in. Where nothing is lost with
 * them nothing is added, whatever is lost without them.
 */
function addedBy(trial: Trial, without: Trial): RunLosses {
  const run = trial.ran();
  const losing = run.filter((index) => trial.lossUsd[index]! > 0);
  without.run(losing);
  const lossUsd = new Float64Array(trial.lossUsd.length);
  for (const index of losing) lossUsd[index] = Math.max(0, trial.lossUsd[index]! - without.lossUsd[index]!);
  return { lossUsd, done: run.length };
}

/** By scenario, how far the collateral of the market's largest account falls; undefined where it has none. */
function fallsAt(study: Study, place: ParameterPlace): Float64Array | undefined {
  const largest = place.marketRow === undefined ? undefined : largestOn(study.trialBook, place);
  return largest && fallsOf(study, largest.collateral);
}
