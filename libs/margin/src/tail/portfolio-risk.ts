import { deviation } from 'd3-array';
import { atRisk, tailWeights, type Interval } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import type { JointScenarios, TailMethod } from './joint-scenarios.ts';
import type { Portfolio } from './portfolio.ts';
import { valueAtRiskWeights } from './value-at-risk-weights.ts';

/** What a portfolio may lose over a horizon, USD; a gain is a negative loss. */
export interface PortfolioRisk {
  readonly method: TailMethod;
  readonly level: number;
  readonly horizonSeconds: number;
  /** How many scenarios it is told from, and how many independent ones they are worth. */
  readonly scenarios: number;
  readonly independent: number;
  /** The least loss that is not exceeded in a share `level` of the scenarios. */
  readonly valueAtRiskUsd: number;
  /** 95 %, by order statistics; an end that the scenarios are too few for is undefined. */
  readonly valueAtRiskInterval: Interval;
  /** Mean of the worst 1 − level. */
  readonly expectedShortfallUsd: number;
  /** 95 %, by the standard error of Manistre and Hancock; without ends where fewer than two scenarios are worse than the value at risk. */
  readonly expectedShortfallInterval: Interval;
  /** Standard deviation of the gains. */
  readonly deviationUsd: number;
  /** In the order of the portfolio. */
  readonly contributions: readonly RiskContribution[];
}

/** What one part of a portfolio adds to the whole; negative where it takes off. */
export interface RiskContribution {
  readonly part: string;
  /** They add up to the value at risk: see `valueAtRiskWeights`. */
  readonly valueAtRiskUsd: number;
  /** They add up to the expected shortfall: its mean loss in the scenarios that are worst for the whole (see `tailWeights`). */
  readonly expectedShortfallUsd: number;
  /** What it would have by itself: above its contribution by what the others take off. */
  readonly aloneUsd: { readonly valueAtRisk: number; readonly expectedShortfall: number };
}

/**
 * Value at risk and expected shortfall of a portfolio under joint scenarios, with what each part contributes.
 *
 * The intervals say how sure the two are as numbers of the distribution that the scenarios are drawn from. That this distribution is the
 * right one they do not say: only a backtest can.
 *
 * @throws BadDataError for a level that is none, and where the scenarios lack a factor of the portfolio.
 */
export function portfolioRisk(
  portfolio: Portfolio,
  scenarios: JointScenarios,
  { level }: { readonly level: number },
): PortfolioRisk {
  if (!(level > 0 && level < 1))
    throw new BadDataError(`a level must be between 0 and 1, such as 0.99, but is ${level}`);
  const losses = lossesOf(portfolio, scenarios);
  const { rows, independent, method, horizonSeconds } = scenarios;
  const whole = Float64Array.from(rows, (_, row) => losses.reduce((sum, part) => sum + part[row]!, 0));
  const risk = atRisk(whole.toSorted(), { level, independent });
  const atLevel = valueAtRiskWeights(whole, level);
  const beyond = tailWeights(whole, level);
  return {
    method,
    level,
    horizonSeconds,
    scenarios: rows.length,
    independent,
    valueAtRiskUsd: risk.valueAtRisk,
    valueAtRiskInterval: risk.interval!,
    expectedShortfallUsd: risk.expectedShortfall,
    expectedShortfallInterval: risk.shortfallInterval!,
    deviationUsd: deviation(whole) ?? 0,
    contributions: portfolio.parts.map((part, at) => {
      const own = losses[at]!;
      const alone = atRisk(own.toSorted(), { level, independent });
      return {
        part,
        valueAtRiskUsd: weighted(atLevel, own),
        expectedShortfallUsd: weighted(beyond, own),
        aloneUsd: { valueAtRisk: alone.valueAtRisk, expectedShortfall: alone.expectedShortfall },
      };
    }),
  };
}

/** By part, then by scenario. */
function lossesOf(
  { factors, parts, gainsUsd }: Portfolio,
  { factors: known, rows }: JointScenarios,
): Float64Array[] {
  const places = factors.map((factor) => known.indexOf(factor));
  const lacking = factors.filter((_, at) => places[at] === -1);
  if (lacking.length > 0)
    throw new BadDataError(
      `the scenarios say nothing of ${lacking.join(', ')}: give prices of it; they move ${known.join(', ')}`,
    );
  const losses = parts.map(() => new Float64Array(rows.length));
  for (const [row, returns] of rows.entries()) {
    const gains = gainsUsd(Float64Array.from(places, (place) => returns[place]!));
    for (const [part, loss] of losses.entries()) loss[row] = -gains[part]!;
  }
  return losses;
}

const weighted = (weights: Float64Array, values: Float64Array): number =>
  weights.reduce((sum, weight, row) => (weight === 0 ? sum : sum + weight * values[row]!), 0);
