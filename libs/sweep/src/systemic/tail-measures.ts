import type { Book } from '@undertow/book';
import type { Scenario } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import type { OpenedPlan } from '../plan/open-plan.ts';
import { tailWeights, weighted } from '../summary/tail.ts';
import type { SweepTable } from '../table/sweep-table.ts';
import { openCoverTwo, type CoverTwo } from './cover-two.ts';
import { openCrossVenue, type CrossVenue } from './cross-venue.ts';
import type { TailScenario } from './tail-scenario.ts';

/** What the scenarios in the tail of a whole sweep have in common: who, where, and because of whom. */
export interface TailMeasures {
  readonly level: number;
  /** Scenarios beyond the level in which something is lost: each was run again for its whole story. */
  readonly scenarios: number;
  readonly expectedShortfallUsd: number;
  /** Largest contribution first. */
  readonly accounts: readonly AccountContribution[];
  /** What all other accounts contribute: together they are the expected shortfall. */
  readonly otherAccountsUsd: number;
  readonly crossVenue: CrossVenue;
  /** Venues with a loss, the largest first. */
  readonly coverTwo: readonly CoverTwo[];
}

export interface AccountContribution {
  readonly venue: string;
  readonly owner: string;
  readonly market: string;
  /** To the expected shortfall of the whole: the account's mean loss in the scenarios that are worst for all. */
  readonly contributionUsd: number;
}

export interface TailOptions {
  readonly level?: number;
  /** How many accounts are named. Default 20. */
  readonly accounts?: number;
  /** Told after some scenarios. */
  readonly told?: (done: number, all: number) => void;
}

const DEFAULT_LEVEL = 0.99;
const DEFAULT_ACCOUNTS = 20;
/** Scenarios that are run at once: their stories take memory. */
const AT_ONCE = 32;

/** A sweep and its results, and what runs scenarios by `tailScenario`, wherever. */
export interface TailOf {
  readonly book: Book;
  readonly opened: OpenedPlan;
  readonly table: SweepTable;
  readonly run: (scenarios: readonly Scenario[]) => Promise<readonly TailScenario[]>;
}

/**
 * Runs the scenarios in the tail of a sweep again, by the engine that tells every account and every cause.
 *
 * @throws BadDataError for a sweep that is not whole, as its tail is not known.
 */
export async function tailMeasures(
  { book, opened, table, run }: TailOf,
  { level = DEFAULT_LEVEL, accounts: most = DEFAULT_ACCOUNTS, told }: TailOptions = {},
): Promise<TailMeasures> {
  if (!table.isComplete)
    throw new BadDataError(
      'the sweep is not whole, so that nobody knows which scenarios are its worst: run the rest',
    );
  if (!(level > 0 && level < 1))
    throw new BadDataError(`a level must be between 0 and 1, such as 0.99, but is ${level}`);
  const loss = table.figure('lossUsd');
  const weights = tailWeights(loss, level);
  const tail = [...weights.keys()].filter((index) => weights[index]! > 0 && loss[index]! > 0);
  const contributions = new Map<string, AccountContribution>();
  const crossVenue = openCrossVenue(table.shape.venues);
  const coverTwo = openCoverTwo(book);
  for (let from = 0; from < tail.length; from += AT_ONCE) {
    const indices = tail.slice(from, from + AT_ONCE);
    const stories = await run(indices.map(opened.scenario));
    for (const [at, index] of indices.entries()) {
      const { losers, contagion } = stories[at]!;
      const weight = weights[index]!;
      crossVenue.add(contagion, weight);
      coverTwo.add(losers, index);
      for (const { venue, owner, market, lossUsd } of losers) {
        const key = `${venue}\n${owner}\n${market}`;
        const before = contributions.get(key)?.contributionUsd ?? 0;
        contributions.set(key, { venue, owner, market, contributionUsd: before + weight * lossUsd });
      }
    }
    told?.(from + indices.length, tail.length);
  }
  const sorted = [...contributions.values()].sort((a, b) => b.contributionUsd - a.contributionUsd);
  return {
    level,
    scenarios: tail.length,
    expectedShortfallUsd: weighted(weights, loss),
    accounts: sorted.slice(0, most),
    otherAccountsUsd: sorted.slice(most).reduce((sum, { contributionUsd }) => sum + contributionUsd, 0),
    crossVenue: crossVenue.result(),
    coverTwo: coverTwo.result(),
  };
}
