import { MOST_POINTS, STEP_SECONDS, type SeriesPart, type Step } from './step.ts';

/** What the filling goes by. */
export interface Gaps<Point> {
  /** Whole steps: the first and the end. */
  readonly from: number;
  readonly to: number;
  readonly step: Step;
  readonly most?: number;
  /** The last point before `from`, where there is one: the first steps go on from it. */
  readonly before: Point | undefined;
  /** A step in which nothing happened, after a point. */
  readonly quiet: (after: Point, time: number) => Point;
}

/**
 * A series with a point for every step, from the first point that is known on: where nothing happened what was last
 * known goes on. Ends where the part that is given ends, or at `to` when it is the last.
 */
export function fillGaps<Point extends { readonly time: number }>(
  { points, next }: SeriesPart<Point>,
  { from, to, step, most = MOST_POINTS, before, quiet }: Gaps<Point>,
): SeriesPart<Point> {
  const filled: Point[] = [];
  const end = next ?? to;
  let known = before;
  let place = 0;
  for (let time = from; time < end; time += STEP_SECONDS[step]) {
    const point = points[place];
    if (point?.time === time) {
      known = point;
      place++;
    } else if (known === undefined) {
      // Nothing is known until the first point: from there on.
      if (point === undefined) break;
      time = point.time - STEP_SECONDS[step];
      continue;
    }
    if (filled.length === most) return { points: filled, next: time };
    filled.push(known === point ? known! : quiet(known!, time));
  }
  return { points: filled, next };
}
