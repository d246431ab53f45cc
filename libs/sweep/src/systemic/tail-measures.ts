import type { Book } from '@undertow/book';
import type { Scenario } from '@undertow/cascade';
import { assert, BadDataError } from '@undertow/units';
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
/** So many accounts are named unless somebody says how many. */
export const TAIL_ACCOUNTS = 20;
/** Scenarios that are run at once: their stories take memory. */
const AT_ONCE = 32;

/** A sweep and its results, and what runs scenarios by `tailScenario`, wherever. */
export interface TailOf {
  readonly book: Book;
  readonly opened: OpenedPlan;
  readonly table: SweepTable;
  readonly run: (scenarios: readonly Scenario[]) => Promise<readonly TailScenario[]>;
}

/** The scenarios of a sweep beyond a level. */
export interface SweepTail {
  readonly level: number;
  /** Of scenarios in which something is lost, in the order of the plan. */
  readonly indices: readonly number[];
  /** What part each of them has in the mean over the tail. */
  readonly weights: readonly number[];
  readonly expectedShortfallUsd: number;
}

/**
 * Which scenarios of a sweep are its tail.
 *
 * @throws BadDataError for a level that is none, and for a sweep that is not whole, as its tail is not known.
 */
export function sweepTail(table: SweepTable, level = DEFAULT_LEVEL): SweepTail {
  if (!table.isComplete)
    throw new BadDataError(
      'the sweep is not whole, so that nobody knows which scenarios are its worst: run the rest',
    );
  if (!(level > 0 && level < 1))
    throw new BadDataError(`a level must be between 0 and 1, such as 0.99, but is ${level}`);
  const loss = table.figure('lossUsd');
  const weights = tailWeights(loss, level);
  const indices = [...weights.keys()].filter((index) => weights[index]! > 0 && loss[index]! > 0);
  return {
    level,
    indices,
    weights: indices.map((index) => weights[index]!),
    expectedShortfallUsd: weighted(weights, loss),
  };
}

/** Adds up the stories of the scenarios of a tail, as they come, in its order. */
export function openTailMeasures(book: Book, tail: SweepTail) {
  const { level, indices, weights, expectedShortfallUsd } = tail;
  const contributions = new Map<string, AccountContribution>();
  const crossVenue = openCrossVenue(book.venues.map(({ id }) => id));
  const coverTwo = openCoverTwo(book);
  let added = 0;
  return {
    add({ losers, contagion }: TailScenario): void {
      const [index, weight] = [indices[added]!, weights[added]!];
      added += 1;
      crossVenue.add(contagion, weight);
      coverTwo.add(losers, index);
      for (const { venue, owner, market, lossUsd } of losers) {
        const key = `${venue}\n${owner}\n${market}`;
        const before = contributions.get(key)?.contributionUsd ?? 0;
        contributions.set(key, { venue, owner, market, contributionUsd: before + weight * lossUsd });
      }
    },
    /** Names so many accounts. */
    result(most = TAIL_ACCOUNTS): TailMeasures {
      assert(added === indices.length, 'every scenario of the tail was added');
      const sorted = [...contributions.values()].sort((a, b) => b.contributionUsd - a.contributionUsd);
      return {
        level,
        scenarios: indices.length,
        expectedShortfallUsd,
        accounts: sorted.slice(0, most),
        otherAccountsUsd: sorted.slice(most).reduce((sum, { contributionUsd }) => sum + contributionUsd, 0),
        crossVenue: crossVenue.result(),
        coverTwo: coverTwo.result(),
      };
    },
  };
}

/**
 * Runs the scenarios in the tail of a sweep again, by the engine that tells every account and every cause.
 *
 * @throws BadDataError as `sweepTail` does.
 */
export async function tailMeasures(
  { book, opened, table, run }: TailOf,
  { level, accounts, told }: TailOptions = {},
): Promise<TailMeasures> {
  const tail = sweepTail(table, level);
  const measures = openTailMeasures(book, tail);
  for (let from = 0; from < tail.indices.length; from += AT_ONCE) {
    const indices = tail.indices.slice(from, from + AT_ONCE);
    for (const story of await run(indices.map(opened.scenario))) measures.add(story);
    told?.(from + indices.length, tail.indices.length);
  }
  return measures.result(accounts);
}
