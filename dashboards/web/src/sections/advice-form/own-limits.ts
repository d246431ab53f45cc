import { readDuration } from '../sweep-plan/duration.ts';

/** Limits as docs/examples/limits has them. */
export interface StewardLimits {
  readonly name: string;
  readonly source: string;
  readonly fields: Readonly<
    Record<
      string,
      { readonly largestChange: number; readonly isRelative: boolean; readonly leastDelaySeconds: number }
    >
  >;
}

/** What is a ratio; caps and funds of own limits are left to governance, as a step of points means nothing of them. */
const RATIOS = [
  ...['liquidationThreshold', 'loanToValue', 'liquidationBonus', 'closeFactor', 'maintenanceMargin'],
];

/** Limits that are the same for every ratio; `why` says what cannot be taken. */
export function ownLimits({
  step,
  apart,
}: {
  readonly step: string;
  readonly apart: string;
}): StewardLimits | { readonly why: string } {
  const [, digits] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(step) ?? [];
  const largestChange = Number(`${digits}e-2`);
  if (!(largestChange > 0 && largestChange <= 1))
    return { why: 'a step is above 0% and at most 100%, such as 0.5% (half a point).' };
  const leastDelaySeconds = readDuration(apart);
  if (!(leastDelaySeconds >= 0 && leastDelaySeconds <= 366 * 86_400))
    return { why: 'steps are at most a year apart, such as 3d or 36h.' };
  const field = { largestChange, isRelative: false, leastDelaySeconds };
  return {
    name: `steps of ${step} of a ratio, ${apart} apart`,
    source: 'typed into the form',
    fields: Object.fromEntries(RATIOS.map((kind) => [kind, field])),
  };
}
