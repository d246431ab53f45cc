import { BadDataError } from '@undertow/units';
import type { SeriesPart } from './step.ts';

/**
 * The first `most` of some points in order of time, of which one more was read; those of one time are never parted, so that the
 * part can go on from the next time.
 *
 * @throws BadDataError when those of the first time alone are too many.
 */
export function wholeSteps<Point extends { readonly time: number }>(
  points: readonly Point[],
  most: number,
): SeriesPart<Point> {
  const over = points[most]?.time;
  if (over === undefined) return { points, next: undefined };
  const fitting = points.filter(({ time }) => time < over);
  if (fitting.length === 0)
    throw new BadDataError(`More than ${most} entries have the time ${over}; ask for more at once.`);
  return { points: fitting, next: over };
}
