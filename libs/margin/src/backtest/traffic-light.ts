import { BadDataError } from '@undertow/units';

/** The zones of the Basel Committee: green is no reason to doubt, yellow is some, red is enough. */
export type Zone = 'green' | 'yellow' | 'red';

/** How many exceptions begin the yellow and the red zone. */
export interface ZoneBounds {
  readonly yellowFrom: number;
  readonly redFrom: number;
}

/** With a right model, fewer exceptions than this many come with these probabilities. */
const YELLOW = 0.95;
const RED = 0.9999;

/**
 * The zones of a window of so many steps at a level: yellow begins at the number of exceptions that a right model exceeds in at most 5 % of windows,
 * red at that which it exceeds in at most 0.01 %. 250 days at 99 %: yellow from 5, red from 10.
 *
 * @throws BadDataError for a level that is none and for a window that is no whole number of steps.
 *
 * Source: Basel Committee, "Supervisory framework for the use of backtesting in conjunction with the internal models approach" (1996), section III.
 */
export function zoneBounds({ count, level }: { readonly count: number; readonly level: number }): ZoneBounds {
  if (!(level > 0 && level < 1))
    throw new BadDataError(`a level must be between 0 and 1, such as 0.99, but is ${level}`);
  if (!(Number.isInteger(count) && count > 0))
    throw new BadDataError(`a window must be a whole number of steps above 0, but is ${count}`);
  const firstAbove = (probability: number) => {
    // Logarithms: the probability of no exception at all is 0 to a float in windows of many thousand steps.
    let term = count * Math.log(level);
    let sum = Math.exp(term);
    let exceptions = 0;
    while (sum < probability && exceptions < count) {
      exceptions += 1;
      term += Math.log((count - exceptions + 1) / exceptions) + Math.log((1 - level) / level);
      sum += Math.exp(term);
    }
    return exceptions;
  };
  return { yellowFrom: firstAbove(YELLOW), redFrom: firstAbove(RED) };
}

/** The zone of a number of exceptions. */
export function zoneOf(exceptions: number, { yellowFrom, redFrom }: ZoneBounds): Zone {
  if (exceptions >= redFrom) return 'red';
  return exceptions >= yellowFrom ? 'yellow' : 'green';
}
