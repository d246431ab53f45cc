import type { Book } from '@undertow/book';
import { moveName, moveNamed, type Move, type Scenario } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import { gridCount, gridMoves } from './grid.ts';
import type { HistoricalPlan, MonteCarloPlan, Plan } from './plan.ts';
import { MOST_SCENARIOS } from './plan-schema.ts';
import { openModel } from './open-model.ts';

/** Scenarios from one index up to, and without, another. */
export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/** A plan on a book. */
export interface OpenedPlan {
  readonly plan: Plan;
  /** How many scenarios it has. */
  readonly count: number;
  /** What the book has of the plan's factors, as moves of 0, in the plan's order. */
  readonly factors: readonly Move[];
  /** Factors that the book does not have, by the plan's name: they move nothing. */
  readonly unused: readonly string[];
  /** A function of plan, book and index alone. */
  readonly scenario: (index: number) => Scenario;
}

/** Log returns beyond these would be moves to a price of 0, or to one that no float holds apart from infinity. */
const LARGEST_LOG_RETURN = Math.log(1e9);

/**
 * Opens a plan on a book, once for many scenarios.
 *
 * @throws BadDataError for a grid over what the book lacks, for factors of which the book has none, for two that are one thing on
 *   the book, and for a covariance that is none.
 */
export function openPlan(plan: Plan, book: Book): OpenedPlan {
  const { factors, used, unused } = factorsOf(plan, book);
  const count = countOf(plan);
  if (count > MOST_SCENARIOS)
    throw new BadDataError(
      `the plan has ${count} scenarios, more than ${MOST_SCENARIOS}: ${plan.kind === 'grid' ? 'give fewer moves, or no product' : 'ask for fewer'}`,
    );
  const movesOf = openMoves(plan);
  const shared = sharedOf(plan);
  const scenario = (index: number): Scenario => {
    if (!(Number.isInteger(index) && index >= 0 && index < count))
      throw new BadDataError(`the plan has scenarios 0 to ${count - 1}, and none ${index}`);
    const moves = movesOf(index);
    return {
      ...shared,
      moves: factors.flatMap((factor, at) => {
        const move = moves[used[at]!];
        return move === undefined ? [] : [{ ...factor, move }];
      }),
    };
  };
  return { plan, count, factors, unused, scenario };
}

/** Scenarios of a range; see `openPlan` for many ranges. */
export function scenariosOf(plan: Plan, book: Book, { from, to }: IndexRange): Scenario[] {
  const { scenario } = openPlan(plan, book);
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => scenario(from + at));
}

/** How many scenarios a plan has. */
export function countOf(plan: Plan): number {
  if (plan.kind === 'grid') return gridCount(plan);
  return plan.kind === 'historical' ? plan.windows.length : plan.count;
}

function sharedOf({ policies, depthFactor, volatilityMove, maxRounds }: Plan): Omit<Scenario, 'moves'> {
  return {
    ...(policies && { policies }),
    ...(depthFactor !== undefined && { depthFactor }),
    ...(volatilityMove !== undefined && { volatilityMove }),
    ...(maxRounds !== undefined && { maxRounds }),
  };
}

interface UsedFactors {
  readonly factors: readonly Move[];
  /** The place of each in the plan. */
  readonly used: readonly number[];
  readonly unused: readonly string[];
}

function factorsOf(plan: Plan, book: Book): UsedFactors {
  const names = plan.kind === 'grid' ? plan.axes.map(({ what }) => what) : plan.factors;
  const found = names.map((what, place) => {
    const move = moveIfKnown(book, what);
    // A grid is written for a book; what was estimated from prices is for any.
    if (!move && plan.kind === 'grid') moveNamed(book, what, 0);
    return { what, place, move };
  });
  const known = found.flatMap(({ what, place, move }) => (move ? [{ what, place, move }] : []));
  if (known.length === 0)
    throw new BadDataError(`the book has none of what the plan moves: ${names.join(', ')}`);
  const byName = new Map<string, string>();
  for (const { what, move } of known) {
    const name = moveName(book, move);
    const before = byName.get(name);
    if (before !== undefined && !(plan.kind === 'grid' && !plan.isProduct))
      throw new BadDataError(`${before} and ${what} are both ${name} on this book: leave one of them out`);
    byName.set(name, what);
  }
  return {
    factors: known.map(({ move }) => move),
    used: known.map(({ place }) => place),
    unused: found.flatMap(({ what, move }) => (move ? [] : [what])),
  };
}

function moveIfKnown(book: Book, what: string): Move | undefined {
  try {
    return moveNamed(book, what, 0);
  } catch (error) {
    if (error instanceof BadDataError) return undefined;
    throw error;
  }
}

type MovesOf = (index: number) => ArrayLike<number | undefined>;

function openMoves(plan: Plan): MovesOf {
  switch (plan.kind) {
    case 'grid':
      return (index) => gridMoves(plan, index);
    case 'historical':
      return (index) => movesOfReturns(plan.windows[index]!.logReturns);
    case 'monte-carlo':
      return openMonteCarlo(plan);
  }
}

function openMonteCarlo({ model, seed }: MonteCarloPlan): MovesOf {
  const draw = openModel(model);
  return (index) => movesOfReturns(draw({ seed, index }));
}

/** Price at the end ÷ price at the start − 1. */
export const moveOfReturn = (logReturn: number): number =>
  Math.expm1(Math.min(LARGEST_LOG_RETURN, Math.max(-LARGEST_LOG_RETURN, logReturn)));

const movesOfReturns = (logReturns: ArrayLike<number>) => Float64Array.from(logReturns, moveOfReturn);

/** Plans whose scenarios are a sample, so that their shares are probabilities. */
export const isSample = (plan: Plan): plan is HistoricalPlan | MonteCarloPlan => plan.kind !== 'grid';
