import { normalAt } from '../random/draws.ts';
import { along, length, tangents, unit } from './vectors.ts';

/** A loss by point, of many points at once; a point is in independent standard deviations, one number per dimension. */
export type LossOf = (points: readonly Float64Array[]) => Promise<ArrayLike<number>>;

/** What is looked for, and how finely. */
export interface NearestLossOptions {
  readonly dimensions: number;
  /** The least loss that counts. */
  readonly target: number;
  /** Directions that are tried beside the axes and the random ones. */
  readonly directions?: readonly Float64Array[];
  /** How many random directions are tried. Default 16 per dimension. */
  readonly randomDirections?: number;
  readonly seed?: number;
  /** How far is looked, standard deviations. Default 12. */
  readonly greatestDistance?: number;
  /** How exact the distance on a ray is, as a ratio. Default 0.001. */
  readonly tolerance?: number;
}

/** What was done. */
export interface Searched {
  readonly directions: number;
  /** Distances at which every direction was tried, until enough of them lost so much. */
  readonly distances: readonly number[];
  readonly greatestDistance: number;
  readonly tolerance: number;
  /** Radians: at the end no neighbour so far off in the tried directions was nearer. */
  readonly smallestAngle: number;
  /** Of all points that were tried. */
  readonly greatestLoss: number;
  /** Points of which the loss was asked. */
  readonly evaluations: number;
  readonly seed: number;
}

export interface NearestLoss {
  /** The nearest of all points that were tried and lose so much; undefined when none did. */
  readonly point: Float64Array | undefined;
  readonly loss: number | undefined;
  readonly searched: Searched;
}

/** Directions from which the search goes on, the best of all. */
const STARTS = 4;
/** Distances of the first search, as shares of the greatest; evenly, as nothing is known of where losses begin. */
const DISTANCES = 24;
const LARGEST_ANGLE = 0.6;
/** Shares of a distance at which a better direction is tried. */
const SHRINKS = [0.5, 0.6, 0.7, 0.8, 0.86, 0.92, 0.96];

/**
 * The nearest point with a loss of at least the target, of a loss that mostly grows outwards but need be neither smooth nor convex.
 *
 * From the middle outwards every direction is tried; those that lose so much first are bisected, and their directions improved: by the
 * slope of the loss (as Hasofer and Lind do in structural reliability), then by neighbours at ever smaller angles. The answer is the
 * nearest point **that was tried**: an upper bound of the distance, and no point that was tried and is nearer loses so much.
 *
 * The best directions are improved side by side, so that losses may be asked of several threads; the answer does not depend on which
 * of them ends first.
 */
export async function nearestLoss(lossOf: LossOf, options: NearestLossOptions): Promise<NearestLoss> {
  const { dimensions, target, seed = 1, greatestDistance = 12, tolerance = 1e-3 } = options;
  const first = openAsked(lossOf, target);
  const directions = directionsOf(options, seed);
  const smallestAngle = Math.sqrt(tolerance / 2);
  const { starts, distances } = await firstHits(first, { directions, greatestDistance });
  const searches = starts.map(async (start) => {
    const asked = openAsked(lossOf, target);
    const found = await bisected(asked, start, tolerance);
    await improve(asked, found, { tolerance, smallestAngle, seed, dimensions });
    return asked;
  });
  const all = [first, ...(await Promise.all(searches))];
  const { point, loss } = all.map((asked) => asked.nearest()).reduce(nearerOf);
  return {
    point,
    loss,
    searched: {
      directions: directions.length,
      distances,
      greatestDistance,
      tolerance,
      smallestAngle,
      greatestLoss: Math.max(...all.map((asked) => asked.greatestLoss())),
      evaluations: all.reduce((sum, asked) => sum + asked.evaluations(), 0),
      seed,
    },
  };
}

interface Asked {
  /** Which of the points lose so much. */
  readonly hits: (points: readonly Float64Array[]) => Promise<boolean[]>;
  readonly losses: LossOf;
  readonly nearest: () => Nearest;
  readonly greatestLoss: () => number;
  readonly evaluations: () => number;
}

/** A point that loses so much, or none: then its distance is infinite. */
interface Nearest {
  readonly distance: number;
  readonly point: Float64Array | undefined;
  readonly loss: number | undefined;
}

const nearerOf = (one: Nearest, other: Nearest): Nearest => (other.distance < one.distance ? other : one);

/** Keeps the nearest point that loses so much, of all that are ever asked. */
function openAsked(lossOf: LossOf, target: number): Asked {
  let evaluations = 0;
  let greatestLoss = -Infinity;
  let nearest: Nearest = { distance: Infinity, point: undefined, loss: undefined };
  const losses: LossOf = async (points) => {
    const found = await lossOf(points);
    evaluations += points.length;
    for (const [at, point] of points.entries()) {
      const loss = found[at]!;
      greatestLoss = Math.max(greatestLoss, loss);
      if (loss >= target) nearest = nearerOf(nearest, { distance: length(point), point, loss });
    }
    return found;
  };
  return {
    losses,
    hits: async (points) => Array.from(await losses(points), (one) => one >= target),
    nearest: () => nearest,
    greatestLoss: () => greatestLoss,
    evaluations: () => evaluations,
  };
}

/** Both ways along every axis, what was asked for, both ways, and random ones. */
function directionsOf(
  { dimensions, directions = [], randomDirections = 16 * dimensions }: NearestLossOptions,
  seed: number,
): Float64Array[] {
  const axes = Array.from({ length: dimensions }, (_, axis) =>
    new Float64Array(dimensions).fill(1, axis, axis + 1),
  );
  const random = Array.from({ length: randomDirections }, (_, index) =>
    Float64Array.from({ length: dimensions }, (_, dimension) => normalAt({ seed, index, dimension })),
  );
  const both = [...axes, ...directions].flatMap((one) => [one, one.map((x) => -x)]);
  return [...both, ...random].filter((one) => length(one) > 0).map(unit);
}

/** A direction in which `far` loses so much and `near`, the distance that was tried before, does not. */
interface Ray {
  readonly direction: Float64Array;
  readonly near: number;
  readonly far: number;
}

/** Goes outwards with all directions until enough of them lose so much, and no further. */
async function firstHits(
  asked: Asked,
  {
    directions,
    greatestDistance,
  }: { readonly directions: readonly Float64Array[]; readonly greatestDistance: number },
): Promise<{ readonly starts: readonly Ray[]; readonly distances: readonly number[] }> {
  const starts: Ray[] = [];
  const distances: number[] = [];
  let left = directions;
  // The middle itself first: what is lost before anything moves.
  const [isLost] = await asked.hits([new Float64Array(directions[0]!.length)]);
  for (let step = 1; step <= DISTANCES && starts.length < STARTS && !isLost; step++) {
    const [near, far] = [step - 1, step].map((at) => (at / DISTANCES) * greatestDistance) as [number, number];
    distances.push(far);
    const hits = await asked.hits(left.map((direction) => along(direction, far)));
    starts.push(...left.filter((_, at) => hits[at]).map((direction) => ({ direction, near, far })));
    left = left.filter((_, at) => !hits[at]);
  }
  return { starts, distances };
}

async function bisected(asked: Asked, { direction, near, far }: Ray, tolerance: number): Promise<Ray> {
  let [low, high] = [near, far];
  while (high - low > tolerance * high) {
    const middle = (low + high) / 2;
    const [isLost] = await asked.hits([along(direction, middle)]);
    if (isLost) high = middle;
    else low = middle;
  }
  return { direction, near: low, far: high };
}

/** Turns a direction for as long as some neighbour loses so much nearer by. */
async function improve(
  asked: Asked,
  start: Ray,
  {
    tolerance,
    smallestAngle,
    seed,
    dimensions,
  }: {
    readonly tolerance: number;
    readonly smallestAngle: number;
    readonly seed: number;
    readonly dimensions: number;
  },
): Promise<void> {
  if (dimensions === 1) return;
  let ray = (await nearer(asked, start, [await slopeAt(asked, start)], tolerance)) ?? start;
  let turn = 0;
  for (let angle = LARGEST_ANGLE; angle >= smallestAngle;) {
    const random = Array.from({ length: 2 * dimensions }, (_, index) =>
      Float64Array.from({ length: dimensions }, (_, dimension) =>
        normalAt({ seed, index, dimension: dimension + dimensions * (1 + turn) }),
      ),
    );
    turn += 1;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const turned = tangents(ray.direction, random).map((tangent) =>
      ray.direction.map((x, axis) => cos * x + sin * tangent[axis]!),
    );
    const better = await nearer(asked, ray, turned, tolerance);
    if (better) ray = better;
    else angle /= 2;
  }
}

/** The nearest of some directions that lose so much before a ray does; undefined when none does. */
async function nearer(
  asked: Asked,
  ray: Ray,
  directions: readonly Float64Array[],
  tolerance: number,
): Promise<Ray | undefined> {
  const known = directions.filter((one) => length(one) > 0);
  let far = ray.far * (1 - tolerance);
  const hits = await asked.hits(known.map((direction) => along(direction, far)));
  let best: Ray | undefined;
  for (const direction of known.filter((_, at) => hits[at])) {
    // Another of them may have come nearer meanwhile.
    if (best && !(await asked.hits([along(direction, far)]))[0]) continue;
    best = await bisected(asked, await shrunk(asked, direction, far), tolerance);
    far = best.far * (1 - tolerance);
  }
  return best;
}

/** The first of some shares of a distance at which a direction that loses so much there does so already. */
async function shrunk(asked: Asked, direction: Float64Array, far: number): Promise<Ray> {
  const hits = await asked.hits(SHRINKS.map((share) => along(direction, share * far)));
  const first = hits.indexOf(true);
  if (first === -1) return { direction, near: SHRINKS.at(-1)! * far, far };
  return { direction, near: first === 0 ? 0 : SHRINKS[first - 1]! * far, far: SHRINKS[first]! * far };
}

/** Where the loss grows fastest, seen from the end of a ray, by differences over a tenth of its length; of length 0 where it does not. */
async function slopeAt(asked: Asked, { direction, far }: Ray): Promise<Float64Array> {
  const end = along(direction, far);
  const by = far / 10;
  const ends = [...end.keys()].flatMap((axis) => [by, -by].map((step) => end.with(axis, end[axis]! + step)));
  const losses = await asked.losses(ends);
  const slope = end.map((_, axis) => losses[2 * axis]! - losses[2 * axis + 1]!);
  return length(slope) > 0 ? unit(slope) : slope;
}
