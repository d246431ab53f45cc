import { BadDataError } from '@undertow/units';

/** How strongly what must be put up rises and falls: calls for margin come when money is dearest. */
export interface Procyclicality {
  /** Greatest ÷ least. */
  readonly peakToTrough: number;
  /** The largest rise within so many steps, as a ratio: 1 = it doubled; 0 where it only fell. */
  readonly largestRise: number;
  /** The place of the value that it rose to; undefined where it only fell. */
  readonly at: number | undefined;
  readonly steps: number;
}

/**
 * Measures of a series of margins, all above 0.
 *
 * @param steps within which the largest rise is looked for, such as 5 days.
 * @throws BadDataError for no value, one that is not above 0, and for steps that are no whole number.
 *
 * Source: Murphy, Vasios and Vause, "An investigation into the procyclicality of risk-based initial margin models" (Bank of England, 2014):
 * the peak-to-trough ratio and the largest n-day call.
 */
export function procyclicality(
  margins: ArrayLike<number>,
  { steps }: { readonly steps: number },
): Procyclicality {
  if (!(Number.isInteger(steps) && steps >= 1))
    throw new BadDataError(`a rise is looked for within 1 or more whole steps, but ${steps} are asked for`);
  if (margins.length === 0) throw new BadDataError('there is no margin to measure');
  let [least, greatest] = [Infinity, 0];
  let largestRise = 0;
  let found: number | undefined;
  for (let at = 0; at < margins.length; at++) {
    const margin = margins[at]!;
    if (!(margin > 0 && margin < Infinity))
      throw new BadDataError(`a margin must be above 0, but that of step ${at} is ${margin}`);
    [least, greatest] = [Math.min(least, margin), Math.max(greatest, margin)];
    for (let before = Math.max(0, at - steps); before < at; before++) {
      const rise = margin / margins[before]! - 1;
      if (rise > largestRise) [largestRise, found] = [rise, at];
    }
  }
  return { peakToTrough: greatest / least, largestRise, at: found, steps };
}
