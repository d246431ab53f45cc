import { BadDataError } from '@undertow/units';

/**
 * Rows ordered so that each comes after the row that it hangs on, ties by row number. `hangsOn` gives that row, or
 * undefined where there is none.
 *
 * @throws BadDataError with `circle` as its message when rows hang on each other in a circle.
 */
export function hangOrder(
  count: number,
  hangsOn: (row: number) => number | undefined,
  circle: string,
): number[] {
  const steps = Array.from({ length: count }, (_, row) => {
    let taken = 0;
    for (let next = hangsOn(row); next !== undefined; next = hangsOn(next)) {
      if (++taken > count) throw new BadDataError(circle);
    }
    return taken;
  });
  return steps.map((_, row) => row).sort((a, b) => steps[a]! - steps[b]! || a - b);
}
