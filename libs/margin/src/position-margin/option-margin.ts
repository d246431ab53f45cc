import { black76, SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import type { GridExpiry, GridOption } from '../scenario-grid/grid-portfolio.ts';
import type { OptionPositionTerms } from './position-terms.ts';

/** What the options of one expiry need, USD: initial and maintenance, both at most 0. */
export interface ExpiryMargin {
  /** Value of all its options now, undiscounted. */
  readonly valueUsd: number;
  readonly initial: ExpiryMarginSide;
  readonly maintenance: ExpiryMarginSide;
}

/** The better of two measures counts. */
export interface ExpiryMarginSide {
  readonly marginUsd: number;
  /** Each option sold by itself; options bought count for nothing. */
  readonly apartUsd: number;
  /** What all are worth at the worst settlement price, with what calls that nothing covers cost beyond it. */
  readonly worstPayoffUsd: number;
}

/**
 * Margin of the options of one expiry: the better of all positions apart, and of the worst payoff. Payoffs are straight
 * between strikes, so the worst is at a strike, or at 0; beyond the last strike only calls that nothing covers lose more,
 * and those cost a share of the forward each. Source: derivexyz/v2-core,
 * `StandardManager._calcNetBasicMarginSingleExpiry`.
 */
export function expiryMargin(expiry: GridExpiry, spotUsd: number, terms: OptionPositionTerms): ExpiryMargin {
  const forwardUsd = expiry.forward.moving + expiry.forward.fixed;
  const years = expiry.secondsToExpiry / SECONDS_PER_YEAR;
  let valueUsd = 0;
  let [initialApart, maintenanceApart, netCalls] = [0, 0, 0];
  for (const option of expiry.options) {
    const { isCall, strikeUsd, amount, volatility } = option;
    const value = amount * black76({ isCall, forwardUsd, strikeUsd, years, volatility: volatility.value });
    const apart = apartMargin(option, { value, spotUsd }, terms);
    valueUsd += value;
    initialApart += apart.initial;
    maintenanceApart += apart.maintenance;
    if (isCall) netCalls += amount;
  }
  const worst = worstPayoff(expiry.options);
  const side = (apartUsd: number, share: number): ExpiryMarginSide => {
    const worstPayoffUsd = worst + share * forwardUsd * Math.min(0, netCalls);
    return { marginUsd: Math.max(apartUsd, worstPayoffUsd), apartUsd, worstPayoffUsd };
  };
  return {
    valueUsd,
    initial: side(initialApart, terms.uncoveredInitial),
    maintenance: side(maintenanceApart, terms.uncoveredMaintenance),
  };
}

/**
 * What one option needs by itself, at most 0; nothing when bought. Sold, its value and: to maintain a share of the spot
 * (of a put its value's share where that is more); at first `most` less how far it is out of the money, at least `least`,
 * of the spot. Source: `StandardManager._getIsolatedMarginForCall`, `_getIsolatedMarginForPut`.
 */
function apartMargin(
  { isCall, strikeUsd, amount }: GridOption,
  { value, spotUsd }: { readonly value: number; readonly spotUsd: number },
  terms: OptionPositionTerms,
): { readonly initial: number; readonly maintenance: number } {
  if (amount >= 0) return { initial: 0, maintenance: 0 };
  const out = Math.max(0, (isCall ? strikeUsd - spotUsd : spotUsd - strikeUsd) / spotUsd);
  const atFirst = Math.max(terms.most - out, terms.least) * spotUsd * amount + value;
  if (isCall) return { initial: atFirst, maintenance: terms.callOfSpot * spotUsd * amount + value };
  const maintenance = Math.min(terms.putOfSpot * spotUsd * amount, terms.putOfValue * value) + value;
  return { initial: Math.min(atFirst, maintenance * terms.putInitialScale), maintenance };
}

/** The least that all options together pay at a strike or at 0; at most 0. */
function worstPayoff(options: readonly GridOption[]): number {
  let worst = 0;
  for (const price of [0, ...options.map(({ strikeUsd }) => strikeUsd)]) {
    const payoff = options.reduce(
      (sum, { isCall, strikeUsd, amount }) =>
        sum + amount * Math.max(0, isCall ? price - strikeUsd : strikeUsd - price),
      0,
    );
    worst = Math.min(worst, payoff);
  }
  return worst;
}
