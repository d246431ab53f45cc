import { SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import { expiryValue, type ValuedExpiry } from './expiry-value.ts';
import type { GridCollateral, GridExpiry, GridPortfolio } from './grid-portfolio.ts';
import type { ContingencyTerms, ForwardTerms, GridTerms } from './grid-terms.ts';

/** What is asked beside the worst loss, for one thing of a portfolio; all at least 0. */
export interface Contingency {
  readonly of: 'perpetual' | 'options' | 'collateral';
  /** Row among the portfolio's expiries or collaterals; 0 of the perpetual. */
  readonly row: number;
  /** Of both margins. */
  readonly maintenanceUsd: number;
  /** Of the initial margin, beside the former. */
  readonly initialUsd: number;
  /** Of the initial margin, because a price is not sure. */
  readonly confidenceUsd: number;
}

/** All contingencies of a portfolio. */
export function contingencies(portfolio: GridPortfolio, terms: GridTerms): readonly Contingency[] {
  const { contingency } = terms;
  const { perpetual, spot } = portfolio;
  const notional = Math.abs(perpetual?.amount ?? 0) * spot.value;
  const least = leastConfidence(portfolio);
  const ofPerpetual = {
    of: 'perpetual',
    row: 0,
    maintenanceUsd: notional * contingency.perpetual.maintenance,
    initialUsd: notional * contingency.perpetual.initial,
    confidenceUsd: unsureUsd(least, notional, contingency),
  } as const;
  return [
    ...(notional > 0 ? [ofPerpetual] : []),
    ...portfolio.expiries.map((expiry, row) => ofOptions(expiry, { row, least, spotUsd: spot.value, terms })),
    ...portfolio.collaterals.map((held, row) => ofCollateral(held, { row, portfolio, terms })),
  ];
}

/** The least confidence of the spot and, of whoever has one, the perpetual. */
function leastConfidence({ spot, perpetual }: GridPortfolio): number {
  const traded = perpetual && perpetual.amount !== 0 ? perpetual.price.confidence : 1;
  return Math.min(spot.confidence, traded);
}

function ofOptions(
  expiry: GridExpiry,
  { row, least, spotUsd, terms }: { row: number; least: number; spotUsd: number; terms: GridTerms },
): Contingency {
  const { option } = terms.contingency;
  const uncovered = uncoveredContracts(expiry) * spotUsd;
  const all = expiry.options.reduce((sum, { amount }) => sum + Math.abs(amount), 0) * spotUsd;
  const confidence = Math.min(
    ...[least, expiry.forward.confidence, expiry.rate.confidence],
    ...expiry.options.map(({ volatility }) => volatility.confidence),
  );
  return {
    of: 'options',
    row,
    maintenanceUsd: uncovered * option.maintenance,
    initialUsd: uncovered * option.initial,
    confidenceUsd: unsureUsd(confidence, all, terms.contingency),
  };
}

/** Contracts sold at a strike, call or put, and not covered by contracts bought at the same strike; at least 0. */
export function uncoveredContracts({ options }: GridExpiry): number {
  const net = new Map<number, number>();
  for (const { strikeUsd, amount } of options) net.set(strikeUsd, (net.get(strikeUsd) ?? 0) + amount);
  return [...net.values()].reduce((sum, amount) => sum + Math.max(0, -amount), 0);
}

function ofCollateral(
  held: GridCollateral,
  { row, portfolio, terms }: { row: number; portfolio: GridPortfolio; terms: GridTerms },
): Contingency {
  const isAny = terms.collateral === 'any';
  const value = held.amount * held.price.value * (isAny ? 1 / portfolio.cashPrice : 1);
  const confidence = isAny
    ? Math.min(held.price.confidence, portfolio.spot.confidence)
    : leastConfidence(portfolio);
  return {
    of: 'collateral',
    row,
    maintenanceUsd: value * held.haircut.maintenance,
    initialUsd: value * held.haircut.initial,
    confidenceUsd: unsureUsd(confidence, value, terms.contingency),
  };
}

/** What is asked because a price is not sure; nothing from the threshold up. */
function unsureUsd(confidence: number, notional: number, terms: ContingencyTerms): number {
  const { threshold, share } = terms.confidence;
  return confidence < threshold ? (1 - confidence) * share * notional : 0;
}

/** What forwards that do not move with the spot may cost: see `ForwardTerms`; at most 0. */
export function forwardContingency(
  expiries: readonly ValuedExpiry[],
  terms: ForwardTerms | undefined,
): number {
  if (!terms) return 0;
  return expiries.reduce((sum, { expiry, markUsd, discount }) => {
    const changes = [terms.spotUp, terms.spotDown].map(
      (spotFactor) => expiryValue(expiry, { spotFactor, volatility: (marked) => marked }, discount) - markUsd,
    );
    const share = terms.addition + (terms.perYear * expiry.secondsToExpiry) / SECONDS_PER_YEAR;
    return sum + Math.min(0, ...changes) * share;
  }, 0);
}
