import { BadDataError } from '@undertow/units';

/** How margins are kept from following calm and panic alike, see `marginsOverTime`. */
export type BufferRule =
  | { readonly kind: 'none' }
  /** Option (a): a buffer on top that may be used up while margins rise. */
  | { readonly kind: 'buffer'; readonly share?: number }
  /** Option (b): so much weight on stressed observations. */
  | { readonly kind: 'stressed'; readonly weight?: number }
  /** Option (c): not less than what the volatility of a long lookback gives. */
  | { readonly kind: 'floor' };

/** The least that the rules ask for: a quarter, of the buffer and of the weight. */
const LEAST = 0.25;

/** What margins are computed from, one value per day. */
export interface MarginSeries {
  /** What the model asks for, ratios above 0, oldest first. */
  readonly margin: readonly number[];
  /** What it would ask for in stress (over the stressed windows of the history), a ratio; needed for `stressed`. */
  readonly stressed?: number | undefined;
  /** What it would ask for at the volatility of the longest lookback up to each day, at most ten years; needed for `floor`. */
  readonly longLookback?: readonly number[] | undefined;
  /** Margins are calculated to be rising significantly where they are above their mean over so many days by the share of the buffer. */
  readonly meanOver?: number;
}

const DEFAULT_MEAN_OVER = 60;

/**
 * Margins under one of the three options against procyclicality that clearing houses choose from, and the same without.
 *
 * - `buffer`: m × (1 + b), of which the buffer is used up while m rises: the margin called is the larger of m and the mean of m over the
 *   days before × (1 + b), so that it does not move until m has risen by b, and the buffer is built up again as the mean follows.
 * - `stressed`: the larger of m and (1 − w) × m + w × stressed.
 * - `floor`: the larger of m and what the long lookback gives.
 *
 * Whatever the option, a margin called is never below m: where m is above the stressed value, m itself is called.
 *
 * @returns undefined where what the option needs is not given: no stressed windows, no long lookback.
 * @throws BadDataError for margins that are no ratios above 0, and a buffer or weight below a quarter.
 *
 * Source: Commission Delegated Regulation (EU) No 153/2013, article 28 (1) (a) to (c). It publishes no worked number.
 */
export function marginsOverTime(series: MarginSeries, rule: BufferRule): number[] | undefined {
  const { margin, stressed, longLookback, meanOver = DEFAULT_MEAN_OVER } = series;
  check(margin);
  switch (rule.kind) {
    case 'none':
      return [...margin];
    case 'buffer': {
      const share = atLeastQuarter('the buffer', rule.share);
      return margin.map((value, at) => Math.max(value, (1 + share) * meanBefore(margin, at, meanOver)));
    }
    case 'stressed': {
      if (stressed === undefined) return undefined;
      check([stressed]);
      const weight = atLeastQuarter('the weight of stressed observations', rule.weight);
      return margin.map((value) => Math.max(value, (1 - weight) * value + weight * stressed));
    }
    case 'floor':
      if (longLookback === undefined) return undefined;
      if (longLookback.length !== margin.length)
        throw new BadDataError(
          `there must be a long-lookback margin for each of ${margin.length} days, but there are ${longLookback.length}`,
        );
      check(longLookback);
      return margin.map((value, at) => Math.max(value, longLookback[at]!));
  }
}

/** Mean of the days up to one, itself included, as many as there are. */
function meanBefore(values: readonly number[], at: number, over: number): number {
  const from = Math.max(0, at - over + 1);
  let sum = 0;
  for (let day = from; day <= at; day++) sum += values[day]!;
  return sum / (at - from + 1);
}

function atLeastQuarter(what: string, share = LEAST): number {
  if (share >= LEAST && share <= 1) return share;
  throw new BadDataError(`${what} must be from 0.25 (25 %, the least that is allowed) to 1, but is ${share}`);
}

function check(margins: readonly number[]): void {
  const wrong = margins.find((value) => !(value > 0 && Number.isFinite(value)));
  if (wrong !== undefined) throw new BadDataError(`a margin must be a ratio above 0, but is ${wrong}`);
}

/** How procyclical margins are. */
export interface Procyclicality {
  /** Largest ÷ smallest margin of the time; 1 = constant. */
  readonly peakToTrough: number;
  /** Largest rise over so many days, as a ratio of the margin before: what owners had to find in that time. */
  readonly largestRise: number;
  readonly riseDays: number;
}

const RISE_DAYS = 5;

/**
 * Peak-to-trough ratio and largest rise of margins over time; undefined of no days.
 *
 * Source: Murphy, Vasios and Vause, "An investigation into the procyclicality of risk-based initial margin models" (Bank of England, 2014):
 * peak-to-trough and n-day procyclicality.
 */
export function procyclicality(margins: readonly number[], riseDays = RISE_DAYS): Procyclicality | undefined {
  if (margins.length === 0) return undefined;
  check(margins);
  let largestRise = 0;
  for (let day = 0; day < margins.length; day++)
    for (let later = day + 1; later <= Math.min(day + riseDays, margins.length - 1); later++)
      largestRise = Math.max(largestRise, margins[later]! / margins[day]! - 1);
  return { peakToTrough: Math.max(...margins) / Math.min(...margins), largestRise, riseDays };
}

/** Procyclicality of margins with a rule and without; `with` is undefined where the rule lacks what it needs. */
export interface BufferEffect {
  readonly rule: BufferRule;
  readonly without: Procyclicality;
  readonly with: Procyclicality | undefined;
  /** Mean margin with ÷ without: what the rule costs in calm times. */
  readonly meanCost: number | undefined;
}

/** What each of the three options does to margins over time; undefined of no days. */
export function bufferEffects(series: MarginSeries): BufferEffect[] | undefined {
  const without = procyclicality(series.margin);
  if (!without) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return (['buffer', 'stressed', 'floor'] as const).map((kind): BufferEffect => {
    const rule: BufferRule = { kind };
    const made = marginsOverTime(series, rule);
    return {
      rule,
      without,
      with: made && procyclicality(made),
      meanCost: made && mean(made) / mean(series.margin),
    };
  });
}
