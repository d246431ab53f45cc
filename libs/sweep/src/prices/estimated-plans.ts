import { BadDataError } from '@undertow/units';
import { PLAN_VERSION, type HistoricalPlan, type MonteCarloPlan, type PlanBase } from '../plan/plan.ts';
import { covarianceOf } from './covariance.ts';
import { degreesOfFreedom } from './degrees-of-freedom.ts';
import type { JointReturns } from './joint-returns.ts';
import { filtered, type FilterChoice } from './volatility.ts';

/** What all scenarios of a plan have in common. */
type Shared = Omit<PlanBase, 'version'>;

/** Fewer windows than these per factor say too little of how the factors move together. */
const WINDOWS_PER_FACTOR = 5;

/** Every window once more. Log returns are kept to nine decimals. */
export const historicalPlan = (
  { factors, horizonSeconds, stepSeconds, starts, rows }: JointReturns,
  shared: Shared = {},
): HistoricalPlan => ({
  ...shared,
  version: PLAN_VERSION,
  kind: 'historical',
  factors,
  horizonSeconds,
  stepSeconds,
  windows: rows.map((row, at) => ({ start: starts[at]!, logReturns: rounded(row, 9) })),
});

/** How many scenarios are drawn, and which. */
export interface Drawn extends Shared {
  readonly count: number;
  readonly seed: number;
}

/**
 * Draws from a Student-t with the covariance of the windows and, where none are given, the degrees of freedom that fit them best.
 *
 * @throws BadDataError for too few windows, for factors that do not move or move exactly alike, and for degrees of freedom at which there
 *   is no covariance.
 */
export function studentTPlan(
  { factors, rows }: JointReturns,
  { degreesOfFreedom: given, ...drawn }: Drawn & { readonly degreesOfFreedom?: number },
): MonteCarloPlan {
  if (given !== undefined && !(given > 2))
    throw new BadDataError(
      `a Student-t has a covariance only above 2 degrees of freedom, but ${given} are asked for`,
    );
  checkEnough(factors, rows);
  const covariance = covarianceOf(rows);
  return {
    ...drawn,
    version: PLAN_VERSION,
    kind: 'monte-carlo',
    factors,
    model: {
      kind: 'student-t',
      degreesOfFreedom: given ?? degreesOfFreedom(rows, covariance),
      covariance,
    },
  };
}

/**
 * Draws paths of residuals that came together, times the volatility of today.
 *
 * @param returns over one step each, that is with a horizon of one step: what the filter follows.
 * @throws BadDataError for too few windows, a factor that does not move, a λ out of its range, and for returns over several steps.
 */
export function filteredPlan(
  { factors, rows, horizonSeconds, stepSeconds }: JointReturns,
  { steps, filter: choice, ...drawn }: Drawn & { readonly steps: number; readonly filter: FilterChoice },
): MonteCarloPlan {
  if (horizonSeconds !== stepSeconds)
    throw new BadDataError('a volatility is followed over returns of one step: take a horizon of one step');
  if (choice.kind === 'ewma' && !(choice.lambda > 0 && choice.lambda < 1))
    throw new BadDataError(`lambda must be between 0 and 1, such as 0.94 for days, but is ${choice.lambda}`);
  checkEnough(factors, rows);
  const columns = factors.map((factor, column) => {
    const returns = centred(Float64Array.from(rows, (row) => row[column]!));
    if (returns.every((value) => value === 0))
      throw new BadDataError(`the price of ${factor} does not move: leave it out`);
    return filtered(returns, choice);
  });
  return {
    ...drawn,
    version: PLAN_VERSION,
    kind: 'monte-carlo',
    factors,
    model: {
      kind: 'filtered-historical',
      steps,
      filters: columns.map(({ filter }) => filter),
      residuals: rows.map((_, at) =>
        rounded(
          Float64Array.from(columns, ({ residuals }) => residuals[at]!),
          6,
        ),
      ),
    },
  };
}

function checkEnough(factors: readonly string[], rows: readonly Float64Array[]): void {
  const needed = WINDOWS_PER_FACTOR * (factors.length + 1);
  if (rows.length < needed)
    throw new BadDataError(
      `${rows.length} windows are too few for ${factors.length} factors: it takes ${needed}; give more prices, or fewer factors`,
    );
}

/** Less their mean: a drift of the past is no forecast. */
function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const rounded = (values: Float64Array, digits: number): number[] =>
  Array.from(values, (value) => Number(value.toFixed(digits)));
