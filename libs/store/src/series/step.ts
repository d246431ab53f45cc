import { BadDataError } from '@undertow/units';

/** Lengths of time that series are cut into, in UTC. */
export const STEPS = ['minute', 'hour', 'day'] as const;
export type Step = (typeof STEPS)[number];

/** Seconds of a step. */
export const STEP_SECONDS: Readonly<Record<Step, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** Which part of a series to read. */
export interface SeriesWanted {
  /** First time, unix seconds: the step that holds it is the first that can be given. */
  readonly from: number;
  /** Time before which the series ends, unix seconds. Steps that begin before it are given whole. */
  readonly to: number;
  readonly step: Step;
  /** Points to give at most, 1 to `MOST_POINTS`. */
  readonly most?: number;
}

/** A part of a series, in order of time. */
export interface SeriesPart<Point> {
  readonly points: readonly Point[];
  /** Where the series goes on: ask `from` this time. Undefined when all of it is here. */
  readonly next: number | undefined;
  /** Set when facts before this time, which were asked for too, were dropped by age: the part begins there. Unix seconds. */
  readonly factsFrom?: number;
}

/** Points of one answer: a year of hours and more than a week of minutes. */
export const MOST_POINTS = 20_000;

/** Times that PostgreSQL and every client can hold: up to the end of the year 9999. */
const LAST_TIME = 253_402_300_799;

/** What was asked for, with whole steps; a `BadDataError` says what would be right. */
export function checkWanted({ from, to, step, most = MOST_POINTS }: SeriesWanted): Required<SeriesWanted> {
  for (const time of [from, to]) {
    if (!Number.isSafeInteger(time) || time < 0 || time > LAST_TIME)
      throw new BadDataError(`${time} is not a time in unix seconds, such as 1704067200.`);
  }
  if (to <= from)
    throw new BadDataError(`A series from ${from} to ${to} is empty: the end must come after the start.`);
  if (!Number.isSafeInteger(most) || most < 1 || most > MOST_POINTS)
    throw new BadDataError(`${most} points cannot be given at once; ask for 1 to ${MOST_POINTS}.`);
  const seconds = STEP_SECONDS[step];
  return { from: startOf(from, step), to: startOf(to + seconds - 1, step), step, most };
}

/** The start of the step that holds a time: minutes, hours and days of UTC begin at multiples of their seconds. */
export function startOf(time: number, step: Step): number {
  return time - (time % STEP_SECONDS[step]);
}
