import type { Policies } from '@undertow/cascade';

/** Version of a plan's form; raised when a reader of the old one would misread the new one. */
export const PLAN_VERSION = 1;

/**
 * Many scenarios as data: everything that is drawn from is in it, so that a plan and a book are all that anybody needs to run any
 * part of a sweep. What is estimated (`studentTPlan`, `historicalPlan`, `filteredPlan`) is estimated once, when a plan is made.
 */
export type Plan = GridPlan | HistoricalPlan | MonteCarloPlan;

/** What all scenarios of a plan have in common; what is left out is as in a `Scenario`. */
export interface PlanBase {
  readonly version: typeof PLAN_VERSION;
  readonly policies?: Partial<Policies>;
  readonly depthFactor?: number;
  readonly volatilityMove?: number;
  readonly maxRounds?: number;
  /** Of a plan that was estimated from stored prices, where those came from, by factor. Nothing is computed from it. */
  readonly priceSources?: readonly PriceSource[];
}

/** Whose prices of a factor a plan was estimated from. */
export interface PriceSource {
  /** The factor. */
  readonly what: string;
  /** As people call it: `kraken ETH/USD`, `feed ETH / USD`. */
  readonly source: string;
  /** How many prices, and the times of the first and the last, unix seconds. */
  readonly prices: number;
  readonly from: number;
  readonly to: number;
}

/** Moves that somebody chose. They are no sample of anything: a summary of them has no probabilities. */
export interface GridPlan extends PlanBase {
  readonly kind: 'grid';
  readonly axes: readonly GridAxis[];
  /** False: each move of each axis by itself. True: every combination, the last axis fastest. */
  readonly isProduct: boolean;
}

export interface GridAxis {
  /** What moves, as `moveNamed` reads it: `ETH`, `market:CRV`. */
  readonly what: string;
  /** Ratios above -1; -0.3 = 30 % down. */
  readonly moves: readonly number[];
}

/** What happened, once more: joint moves over windows of the past, one scenario each. */
export interface HistoricalPlan extends PlanBase {
  readonly kind: 'historical';
  /** What moves, as `moveNamed` reads it. What a book does not have stays out of its scenarios. */
  readonly factors: readonly string[];
  readonly horizonSeconds: number;
  /** From the start of one window to that of the next: windows overlap where it is below the horizon. */
  readonly stepSeconds: number;
  readonly windows: readonly HistoricalWindow[];
}

export interface HistoricalWindow {
  /** Unix seconds. */
  readonly start: number;
  /** ln(price at the end ÷ price at the start), by factor. */
  readonly logReturns: readonly number[];
}

/** Moves drawn from a model, as many as are wanted. */
export interface MonteCarloPlan extends PlanBase {
  readonly kind: 'monte-carlo';
  readonly count: number;
  /** Whole number from 0 to 2⁵³ − 1: another seed, another sample. */
  readonly seed: number;
  /** As of a historical plan. */
  readonly factors: readonly string[];
  readonly model: StudentTModel | FilteredModel;
}

/**
 * Log returns over the horizon that are multivariate Student-t with mean 0: √(ν ÷ χ²_ν) × a normal draw, scaled so that
 * `covariance` is theirs. One χ² for all factors: what falls hard falls together.
 */
export interface StudentTModel {
  readonly kind: 'student-t';
  /** ν, above 2: below there is no covariance. 4 is usual for daily moves of coins; 1,000 is as good as normal. */
  readonly degreesOfFreedom: number;
  /** Of log returns over the horizon, by pair of factors. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * Filtered historical simulation: a path of `steps` steps, each of which takes the standardised residuals of all factors from one
 * moment of the past, as they came together, times the volatility that each factor's filter has by then.
 *
 * Source: Barone-Adesi, Giannopoulos and Vosper, "VaR without correlations for portfolios of derivative securities" (1999).
 */
export interface FilteredModel {
  readonly kind: 'filtered-historical';
  /** Steps of the path; their log returns add up. */
  readonly steps: number;
  /** By factor. */
  readonly filters: readonly VolatilityFilter[];
  /** By moment of the past, then by factor: log return ÷ the volatility that the filter had before it. */
  readonly residuals: readonly (readonly number[])[];
}

/**
 * How the variance of the next step follows: h′ = ω + α r² + β h, of a step's log return r and its variance h. EWMA is that with
 * ω = 0, α = 1 − λ, β = λ.
 */
export interface VolatilityFilter {
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
  /** h of the first step. */
  readonly variance: number;
}
