import { coverageTests, zoneBounds, zoneOf, type LikelihoodRatio, type Zone } from '@undertow/margin';
import { marginLeft, type StandaloneTerms } from './standalone-line.ts';
import type { ThresholdLine } from './threshold-lines.ts';
import type { Windows } from './windows.ts';

/** A window whose price fell below what the threshold leaves room for. */
export interface Exceeded {
  /** Unix seconds at which it began. */
  readonly time: number;
  /** The fall at its end, the deepest within, and what there was room for: ratios of the price at its start. */
  readonly fall: number;
  readonly deepest: number;
  readonly margin: number;
}

/** Whether a way to set a threshold held, and what it cost. */
export interface LineBacktest {
  readonly name: string;
  /** Dates at which it had a threshold. */
  readonly dates: number;
  /** Dates after which the price at the end of the window was below what the threshold leaves room for, see `marginLeft`. */
  readonly exceptions: number;
  /** 1 − exceptions ÷ dates. */
  readonly coverage: number;
  /** (1 − confidence) × dates. */
  readonly expected: number;
  /** As often as they should? Kupiec: rejected at 5 % where the p-value is below 0.05. */
  readonly kupiec: LikelihoodRatio;
  /** Does one exception say nothing of the next? Christoffersen. */
  readonly independence: LikelihoodRatio;
  /** Of all dates, by the Basel Committee's probabilities. */
  readonly zone: Zone;
  /** Dates after which the lowest price within the window was below it, though it may have come back. */
  readonly exceededWithin: number;
  /** The windows that exceeded, at their end or within, in the order of time. */
  readonly exceeded: readonly Exceeded[];
  /** What can be borrowed per USD of collateral, on average. */
  readonly meanThreshold: number;
  readonly least: number;
  readonly greatest: number;
  /** Greatest ÷ least; undefined where the least is 0. */
  readonly peakToTrough: number | undefined;
  /** The largest cut within `CUT_DAYS` days, as a difference of thresholds; 0 where it only rose. */
  readonly largestCut: number;
  /** Unix seconds at which that cut was reached; undefined where it only rose. */
  readonly largestCutAt: number | undefined;
}

/** Days within which the largest cut is looked for. */
export const CUT_DAYS = 30;
const DAY = 86_400;

/** Holds a line against the windows that came; undefined where it has no threshold at any date. */
export function lineHeld(
  { name, thresholds }: ThresholdLine,
  {
    windows,
    from,
    terms,
  }: { readonly windows: Windows; readonly from: number; readonly terms: StandaloneTerms },
): LineBacktest | undefined {
  const places = [...thresholds.keys()].filter((place) => !Number.isNaN(thresholds[place]!));
  if (places.length === 0) return undefined;
  const seen = places.map((place) => ({
    time: windows.starts[from + place]!,
    threshold: thresholds[place]!,
    margin: marginLeft(thresholds[place]!, terms),
    fall: -Math.expm1(windows.logReturns[from + place]!),
    deepest: 1 - windows.lowest[from + place]!,
  }));
  const isException = seen.map(({ fall, margin }) => fall > margin);
  const level = terms.confidence;
  const { count, exceptions, expected, proportionOfFailures, independence } = coverageTests(isException, {
    level,
  });
  const exceeded = seen.filter(({ deepest, margin }) => deepest > margin);
  return {
    name,
    dates: count,
    exceptions,
    coverage: 1 - exceptions / count,
    expected,
    kupiec: proportionOfFailures,
    independence,
    zone: zoneOf(exceptions, zoneBounds({ count, level })),
    exceededWithin: exceeded.length,
    exceeded: exceeded.map(({ time, fall, deepest, margin }) => ({ time, fall, deepest, margin })),
    ...costOfLine(seen),
  };
}

/** What a line lets be borrowed, and how far it is cut, of its dates in order; there must be one. */
export function costOfLine(
  seen: readonly { readonly time: number; readonly threshold: number }[],
): Pick<
  LineBacktest,
  'meanThreshold' | 'least' | 'greatest' | 'peakToTrough' | 'largestCut' | 'largestCutAt'
> {
  let [sum, least, greatest, largestCut] = [0, Infinity, 0, 0];
  let largestCutAt: number | undefined;
  // Places that may still be the highest of the days behind: thresholds fall from the first to the last of them.
  const highs: number[] = [];
  let first = 0;
  for (const [at, { time, threshold }] of seen.entries()) {
    sum += threshold;
    [least, greatest] = [Math.min(least, threshold), Math.max(greatest, threshold)];
    while (first < highs.length && seen[highs[first]!]!.time < time - CUT_DAYS * DAY) first += 1;
    while (highs.length > first && seen[highs.at(-1)!]!.threshold <= threshold) highs.pop();
    highs.push(at);
    const cut = seen[highs[first]!]!.threshold - threshold;
    if (cut > largestCut) [largestCut, largestCutAt] = [cut, time];
  }
  return {
    meanThreshold: sum / seen.length,
    least,
    greatest,
    peakToTrough: least > 0 ? greatest / least : undefined,
    largestCut,
    largestCutAt,
  };
}
