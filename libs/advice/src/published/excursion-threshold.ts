import { BadDataError } from '@undertow/units';

/** A threshold by the rule that what is below it must cover all but the rarest short moves. */
export interface ExcursionThreshold {
  /** 1 − fall, a ratio; not rounded. */
  readonly threshold: number;
  /** The quantile of falls, a ratio: 0.16 = 16 %. 0 where prices fall in fewer windows than that. */
  readonly fall: number;
  /** Windows that the quantile is taken over. */
  readonly windows: number;
  /** The quantile's place among them, 1 = the largest fall. */
  readonly rank: number;
}

/**
 * The rule "1 − threshold covers the 99.9th percentile of one-hour excursions": of falls of the collateral's price in the debt over
 * windows of a horizon, the ⌈n × level⌉-th smallest, and 1 less it.
 *
 * @param logReturns ln(price at the end ÷ at the start) of each window; rises count as falls of less than 0.
 * @param level between 0 and 1, 0.999 by the rule.
 * @returns undefined where there are fewer windows than the level asks for to have one worse than it (1,000 for 99.9 %): no history, no number.
 *
 * Source: LlamaRisk's re-setting of liquidation thresholds of September 2026 (governance.aave.com topic 25649).
 */
export function excursionThreshold(
  logReturns: ArrayLike<number>,
  level = 0.999,
): ExcursionThreshold | undefined {
  if (!(level > 0 && level < 1))
    throw new BadDataError(`a level must be between 0 and 1, such as 0.999, but is ${level}`);
  const windows = logReturns.length;
  if (windows < leastWindows(level)) return undefined;
  const falls = Float64Array.from(logReturns, (value) => 1 - Math.exp(value)).sort();
  const place = Math.max(1, Math.ceil(windows * level - 1e-9));
  const fall = Math.max(0, falls[place - 1]!);
  return { threshold: 1 - fall, fall, windows, rank: windows - place + 1 };
}

/** How many windows a level needs at least, so that one of them may be worse than it. */
export const leastWindows = (level: number): number => Math.ceil(1 / (1 - level) - 1e-9);
