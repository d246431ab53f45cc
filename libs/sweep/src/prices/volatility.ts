import type { VolatilityFilter } from '../plan/plan.ts';
import { nelderMead } from './nelder-mead.ts';

/**
 * How the volatility of each factor is followed over time: with one memory for all (EWMA, λ per step), or with the GARCH(1,1) that
 * fits its returns best.
 */
export type FilterChoice = { readonly kind: 'ewma'; readonly lambda: number } | { readonly kind: 'garch' };

/** RiskMetrics' λ of daily steps (1996). */
export const DAILY_LAMBDA = 0.94;

/** A filter at the end of a series of returns, and what it made of them. */
export interface Filtered {
  readonly filter: VolatilityFilter;
  /** Return ÷ deviation expected just before it. */
  readonly residuals: Float64Array;
}

/**
 * Follows returns of mean 0. What was before the first of them is taken to be as their mean square, return and variance alike.
 *
 * Source: Fiorentini, Calzolari and Panattoni, "Analytic derivatives and the computation of GARCH estimates" (1996), whose start the
 * published benchmark has (McCullough and Renfro 1999).
 */
export function filtered(returns: Float64Array, choice: FilterChoice): Filtered {
  const whole = meanSquare(returns);
  const terms =
    choice.kind === 'ewma'
      ? { omega: 0, alpha: 1 - choice.lambda, beta: choice.lambda }
      : fitGarch(returns, whole);
  let variance = firstVariance(terms, whole);
  const residuals = returns.map((value) => {
    const residual = value / Math.sqrt(variance);
    variance = nextVariance(terms, value, variance);
    return residual;
  });
  return { filter: { ...terms, variance }, residuals };
}

export type GarchTerms = Omit<VolatilityFilter, 'variance'>;

export const nextVariance = ({ omega, alpha, beta }: GarchTerms, value: number, variance: number): number =>
  omega + alpha * value * value + beta * variance;

const firstVariance = (terms: GarchTerms, whole: number) => nextVariance(terms, Math.sqrt(whole), whole);

const meanSquare = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

/** The greatest α + β: above 1 the variance has no mean to go back to. */
const MOST_PERSISTENT = 0.9999;
/** Beyond these a coordinate is all or nothing, and the search walks on for ever on series whose volatility does not change. */
const FARTHEST = 12;

/**
 * ω, α and β of the greatest normal likelihood (Bollerslev 1986), which is right on average for other shapes of residuals too; looked
 * for from the usual daily values on.
 */
export function fitGarch(returns: Float64Array, whole = meanSquare(returns)): GarchTerms {
  const logit = (share: number) => Math.log(share / (1 - share));
  const share = (x: number) => 1 / (1 + Math.exp(-x));
  const termsOf = (at: readonly number[]): GarchTerms => {
    const [level, persistence, fresh] = at.map((x) => Math.min(FARTHEST, Math.max(-FARTHEST, x)));
    const both = MOST_PERSISTENT * share(persistence!);
    const alpha = both * share(fresh!);
    return { omega: whole * Math.exp(level!) * (1 - both), alpha, beta: both - alpha };
  };
  const cost = (at: readonly number[]) => garchCost(returns, termsOf(at), whole);
  return termsOf(nelderMead(cost, { start: [0, logit(0.95), logit(0.1)], width: 0.5 }));
}

/** Looked up once: it is called for every return of every try. */
const { log } = Math;

/** −2 × the normal log-likelihood, up to a constant; `whole` is the mean square of the returns. */
export function garchCost(returns: Float64Array, terms: GarchTerms, whole: number): number {
  const { omega, alpha, beta } = terms;
  let [variance, sum] = [firstVariance(terms, whole), 0];
  for (const value of returns) {
    const square = value * value;
    sum += log(variance) + square / variance;
    variance = omega + alpha * square + beta * variance;
  }
  return sum;
}
