import type { MeasureLine } from '../history/load.ts';

const A_DAY = 86_400;
/** So much older than a day the value a day ago may be: then nothing was measured in between. */
const SLACK = 3 * 3_600;

/** A measure now, and a day before. */
export interface Change {
  readonly line: MeasureLine;
  readonly now: number;
  /** Undefined: not measured then. */
  readonly before: number | undefined;
}

/** What each measure is, and was a day before its newest value; what was never measured is left out. */
export function changesOf(lines: readonly MeasureLine[]): Change[] {
  return lines.flatMap((line) => {
    const last = line.points.at(-1);
    if (!last) return [];
    const then = last.time - A_DAY;
    const before = line.points.findLast(({ time }) => time <= then && time >= then - SLACK);
    return [{ line, now: last.value, before: before?.value }];
  });
}
