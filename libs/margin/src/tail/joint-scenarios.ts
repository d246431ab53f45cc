import {
  filteredPlan,
  historicalPlan,
  independentWindows,
  openModel,
  studentTPlan,
  type FilterChoice,
  type FilteredModel,
  type JointReturns,
  type MonteCarloPlan,
} from '@undertow/sweep';
import { BadDataError } from '@undertow/units';

/** How joint returns that may come are made of those that came. */
export type TailMethod = 'historical' | 'ewma' | 'garch' | 'student-t' | 'normal';

/** Joint log returns that may come over a horizon, each as likely as any other. */
export interface JointScenarios {
  readonly method: TailMethod;
  readonly factors: readonly string[];
  readonly horizonSeconds: number;
  /** By scenario, then by factor. */
  readonly rows: readonly Float64Array[];
  /**
   * How many independent draws the rows are worth, which intervals go by. Windows that overlap are worth as many as there would be
   * without overlap, and drawn paths of residuals no more than there are residuals to draw from.
   */
  readonly independent: number;
}

/** How many scenarios are drawn, and which: another seed, another sample. */
export interface Draws {
  readonly count: number;
  /** Whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
}

/** What came, once more: every window of the past as it was. */
export function historicalScenarios(returns: JointReturns): JointScenarios {
  const { factors, windows } = historicalPlan(returns);
  return {
    method: 'historical',
    factors,
    horizonSeconds: returns.horizonSeconds,
    rows: windows.map(({ logReturns }) => Float64Array.from(logReturns)),
    independent: independentWindows(windows.length, returns),
  };
}

/**
 * Filtered historical simulation: what came, each moment divided by the volatility expected just before it and multiplied by that of
 * now. Over one step every moment is taken once and nothing is drawn; over several, paths of moments are drawn, and the volatility
 * follows along each.
 *
 * @param returns over one step each, that is with a horizon of one step.
 * @throws BadDataError as `filteredPlan` does.
 *
 * Source: Barone-Adesi, Giannopoulos and Vosper, "VaR without correlations for portfolios of derivative securities" (1999).
 */
export function filteredScenarios(
  returns: JointReturns,
  { filter, steps = 1, ...draws }: Draws & { readonly filter: FilterChoice; readonly steps?: number },
): JointScenarios {
  const plan = filteredPlan(returns, { ...draws, steps, filter });
  const model = plan.model as FilteredModel;
  const rows = steps === 1 ? atPresentVolatility(model) : drawn(plan);
  return {
    method: filter.kind,
    factors: plan.factors,
    horizonSeconds: steps * returns.stepSeconds,
    rows,
    independent: Math.min(rows.length, model.residuals.length),
  };
}

/** Every moment of the past once, at the volatility of now. */
function atPresentVolatility({ filters, residuals }: FilteredModel): Float64Array[] {
  const deviations = filters.map(({ variance }) => Math.sqrt(variance));
  return residuals.map((row) => Float64Array.from(row, (residual, factor) => residual * deviations[factor]!));
}

/** A Student-t of so many degrees of freedom is normal to five digits. */
const NORMAL_DEGREES = 1e9;

/**
 * Draws from a multivariate distribution with mean 0 and the covariance of the returns: Student-t, with the degrees of freedom that fit
 * best where none are given, or normal.
 *
 * @throws BadDataError as `studentTPlan` does, and for degrees of freedom of a normal distribution.
 */
export function drawnScenarios(
  returns: JointReturns,
  {
    distribution,
    degreesOfFreedom,
    ...draws
  }: Draws & { readonly distribution: 'student-t' | 'normal'; readonly degreesOfFreedom?: number },
): JointScenarios {
  if (distribution === 'normal' && degreesOfFreedom !== undefined)
    throw new BadDataError(
      'a normal distribution has no degrees of freedom: leave them out, or ask for student-t',
    );
  const degrees = distribution === 'normal' ? NORMAL_DEGREES : degreesOfFreedom;
  const plan = studentTPlan(returns, {
    ...draws,
    ...(degrees !== undefined && { degreesOfFreedom: degrees }),
  });
  return {
    method: distribution,
    factors: plan.factors,
    horizonSeconds: returns.horizonSeconds,
    rows: drawn(plan),
    independent: plan.count,
  };
}

function drawn({ model, count, seed }: MonteCarloPlan): Float64Array[] {
  const draw = openModel(model);
  return Array.from({ length: count }, (_, index) => draw({ seed, index }));
}
