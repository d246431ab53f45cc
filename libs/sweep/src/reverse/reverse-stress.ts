import type { Book } from '@undertow/book';
import type { Move, Scenario } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import { moveOfReturn, openPlan } from '../plan/open-plan.ts';
import type { MonteCarloPlan } from '../plan/plan.ts';
import { rootOfCovariance } from '../plan/root-of-covariance.ts';
import { spread } from '../plan/triangle.ts';
import { nearestLoss, type LossOf, type NearestLossOptions, type Searched } from './nearest-loss.ts';
import type { LossesOf, ScenarioLosses } from './scenario-losses.ts';

/** What loss is looked for. */
export interface ReverseStressWanted extends Omit<
  NearestLossOptions,
  'dimensions' | 'target' | 'directions'
> {
  /** The least loss that counts, USD. */
  readonly lossUsd: number;
  /** Whose: a venue's row; of all venues together by default. */
  readonly venue?: number;
}

/** The nearest move that was found to lose so much. */
export interface ReverseStress {
  readonly lossUsd: number;
  /** Id; undefined of all venues together. */
  readonly venue: string | undefined;
  /** Undefined when nothing that was tried loses so much. */
  readonly nearest: NearestMove | undefined;
  readonly searched: Searched;
}

export interface NearestMove extends PathPoint {
  /** The way to it on a straight line of log returns, from no move on. */
  readonly path: readonly PathPoint[];
}

export interface PathPoint {
  /**
   * Mahalanobis distance √(xᵀ Σ⁻¹ x) of the log returns x under their covariance Σ: with one factor, standard deviations over the
   * plan's horizon.
   */
  readonly distance: number;
  readonly lossUsd: number;
  readonly moves: readonly Move[];
}

const PATH_STEPS = 20;

/** What of a book and a plan a search needs. Plain data: the search may be where the book is not. */
export interface StressCoordinates {
  /** What the book has of the plan's factors, as moves of 0. */
  readonly factors: readonly Move[];
  /** A root of their covariance, which turns independent standard deviations into log returns. */
  readonly root: readonly Float64Array[];
  /** What all scenarios have in common. */
  readonly shared: Omit<Scenario, 'moves'>;
  /** Ids by row. */
  readonly venues: readonly string[];
}

/** A book and a plan, under whose covariance moves are looked for. */
export interface StressOf {
  readonly book: Book;
  readonly plan: MonteCarloPlan;
}

/** Looks for the nearest move with a loss. */
export type FindNearest = (wanted: ReverseStressWanted) => Promise<ReverseStress>;

/**
 * Opens a book for reverse stress under a plan's covariance: which move, the least unlikely by that, loses so much? What is asked for
 * one venue is remembered for the others. `lossesOf` is `scenarioLosses`, wherever it is run.
 *
 * @throws BadDataError for a plan that is not a Student-t, and as `openPlan` does.
 */
export const openReverseStress = ({
  lossesOf,
  ...of
}: StressOf & { readonly lossesOf: LossesOf }): FindNearest => openStressAt(stressCoordinates(of), lossesOf);

/** The same from the coordinates of a book and a plan. */
export function openStressAt(
  { factors, root, shared, venues }: StressCoordinates,
  lossesOf: LossesOf,
): FindNearest {
  const scenarioAt = (z: Float64Array): Scenario => {
    const returns = spread(root, z);
    return {
      ...shared,
      moves: factors.map((factor, at) => ({ ...factor, move: moveOfReturn(returns[at]!) })),
    };
  };
  const lossesAt = rememberedLosses(lossesOf, scenarioAt);
  return async ({ lossUsd, venue, ...search }) => {
    if (!(lossUsd > 0 && lossUsd < Infinity))
      throw new BadDataError(`the loss must be above 0 USD, but is ${lossUsd}`);
    const column = venue === undefined ? 0 : 1 + venue;
    const lossOf: LossOf = async (points) => (await lossesAt(points)).map((losses) => losses[column]!);
    const { point, searched } = await nearestLoss(lossOf, {
      ...search,
      dimensions: factors.length,
      target: lossUsd,
      directions: likelyWays(root),
    });
    const id = venue === undefined ? undefined : venues[venue]!;
    const nearest = point && (await pathTo(point, { lossOf, scenarioAt }));
    return { lossUsd, venue: id, nearest, searched };
  };
}

/** @throws BadDataError as `openReverseStress` does. */
export function stressCoordinates({ book, plan }: StressOf): StressCoordinates {
  if (plan.model.kind !== 'student-t')
    throw new BadDataError(
      'reverse stress needs a covariance: give a plan with a Student-t model, whose covariance it takes',
    );
  const { covariance } = plan.model;
  const opened = openPlan(plan, book);
  const used = plan.factors.flatMap((name, at) => (opened.unused.includes(name) ? [] : [at]));
  const { moves: _, ...shared } = opened.scenario(0);
  // What the book does not have is left out: distances are those of what it has alone.
  const root = rootOfCovariance(used.map((row) => used.map((column) => covariance[row]![column]!)));
  return { factors: opened.factors, root, shared, venues: book.venues.map(({ id }) => id) };
}

/** Losses of all, then of every venue, by point; points that come again are not run again, nor while they are being run. */
function rememberedLosses(
  lossesOf: LossesOf,
  scenarioAt: (z: Float64Array) => Scenario,
): (points: readonly Float64Array[]) => Promise<readonly ScenarioLosses[]> {
  const known = new Map<string, Promise<ScenarioLosses>>();
  return (points) => {
    const keys = points.map((point) => point.join(' '));
    const fresh = [...new Map(keys.map((key, at) => [key, points[at]!])).entries()].filter(
      ([key]) => !known.has(key),
    );
    const asked = lossesOf(fresh.map(([, point]) => scenarioAt(point)));
    for (const [at, [key]] of fresh.entries())
      known.set(
        key,
        asked.then((losses) => losses[at]!),
      );
    return Promise.all(keys.map((key) => known.get(key)!));
  };
}

/**
 * For every factor the likeliest way of all factors in which it moves by so much, and the sum of these, in which all move by about as
 * many of their deviations.
 */
function likelyWays(root: readonly Float64Array[]): Float64Array[] {
  const count = root.length;
  const likeliest = root.map((line) => Float64Array.from(root, (_, column) => line[column] ?? 0));
  const all = Float64Array.from({ length: count }, (_, column) =>
    likeliest.reduce((sum, line) => sum + line[column]! / Math.hypot(...line), 0),
  );
  return [...likeliest, all];
}

async function pathTo(
  point: Float64Array,
  {
    lossOf,
    scenarioAt,
  }: {
    readonly lossOf: LossOf;
    readonly scenarioAt: (z: Float64Array) => Scenario;
  },
): Promise<NearestMove> {
  const points: Float64Array[] = Array.from({ length: PATH_STEPS + 1 }, (_, step) =>
    point.map((x) => (x * step) / PATH_STEPS),
  );
  points[PATH_STEPS] = point;
  const losses = await lossOf(points);
  const path = points.map((at, step) => ({
    distance: Math.hypot(...at),
    lossUsd: losses[step]!,
    moves: scenarioAt(at).moves,
  }));
  return { ...path.at(-1)!, path };
}
