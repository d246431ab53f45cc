type Point = readonly number[];

interface Valued {
  readonly at: Point;
  readonly cost: number;
}

/** When a search ends: its corners differ by no more than this in cost, as a ratio, or it has tried so often. */
const SEARCH = { leastSpread: 1e-13, tries: 1_000 };

/**
 * Where a smooth function of a few numbers is least, near a start: Nelder and Mead's simplex, which needs no slope.
 *
 * Source: Nelder and Mead, "A simplex method for function minimization" (1965), with their coefficients 1, 2, ½ and ½.
 */
export function nelderMead(
  costOf: (at: Point) => number,
  { start, width }: { readonly start: Point; readonly width: number },
): Point {
  const valued = (at: Point): Valued => ({ at, cost: costOf(at) });
  let corners = [start, ...start.map((x, axis) => start.with(axis, x + width))].map(valued);
  for (let tries = 0; tries < SEARCH.tries; tries++) {
    corners = corners.toSorted((a, b) => a.cost - b.cost);
    const [best, worst, second] = [corners[0]!, corners.at(-1)!, corners.at(-2)!];
    if (worst.cost - best.cost <= SEARCH.leastSpread * Math.abs(best.cost)) break;
    const middle = start.map(
      (_, axis) => corners.slice(0, -1).reduce((sum, { at }) => sum + at[axis]!, 0) / start.length,
    );
    const along = (by: number) => valued(middle.map((x, axis) => x + by * (x - worst.at[axis]!)));
    const reflected = along(1);
    let next: Valued | undefined = reflected;
    if (reflected.cost < best.cost) {
      const further = along(2);
      if (further.cost < reflected.cost) next = further;
    } else if (reflected.cost >= second.cost) {
      const nearer = along(reflected.cost < worst.cost ? 0.5 : -0.5);
      next = nearer.cost < Math.min(reflected.cost, worst.cost) ? nearer : undefined;
    }
    corners = next
      ? [...corners.slice(0, -1), next]
      : corners.map(({ at }, corner) =>
          corner === 0 ? best : valued(at.map((x, axis) => (x + best.at[axis]!) / 2)),
        );
  }
  return corners.reduce((least, corner) => (corner.cost < least.cost ? corner : least)).at;
}
