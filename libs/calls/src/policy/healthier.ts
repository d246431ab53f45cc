import type { Measure, Policy, Rung } from './policy.ts';

/** Whether a smaller number is the healthier one. */
const fallsToBetter = (measure: Measure): boolean => measure === 'loanToValue';

/** Whether `a` is strictly healthier than `b` by a measure. */
export const isHealthier = (measure: Measure, a: number, b: number): boolean =>
  fallsToBetter(measure) ? a < b : a > b;

/** The worst rung of a ladder that an account has reached; undefined above all of them. */
export function rungAt({ measure, rungs }: Policy, measured: number): Rung | undefined {
  return rungs.findLast(({ at }) => !isHealthier(measure, measured, at));
}

/** Where a rung stands in its ladder; -1 of one that it has not. */
export const rungPlace = ({ rungs }: Policy, name: string | undefined): number =>
  rungs.findIndex((rung) => rung.name === name);
