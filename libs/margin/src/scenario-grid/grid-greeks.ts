import { black76Greeks, SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import type { GridExpiry, GridPortfolio } from './grid-portfolio.ts';
import { interestDiscount } from './shock.ts';

/** How the value of a portfolio changes with what moves it. */
export interface GridGreeks {
  /** Units of the underlying that it moves like: USD per dollar of the spot. */
  readonly delta: number;
  /** Change of delta per dollar of the spot. */
  readonly gamma: number;
  /** USD per 1 of volatility (÷ 100 for a percentage point), all volatilities alike. */
  readonly vegaUsd: number;
  /** USD per year that passes (÷ 365 for a day), with spot and forwards as they are. */
  readonly thetaUsd: number;
}

/** Greeks of a portfolio, of each of its expiries, and what is not options, which has delta alone. */
export interface PortfolioGreeks extends GridGreeks {
  readonly expiries: readonly GridGreeks[];
  readonly perpetualDelta: number;
  readonly collateralDelta: number;
}

/**
 * Sums of the Greeks of all that a portfolio holds, by the spot: forwards follow it with their moving part, perpetuals
 * and the collateral that moves in proportion. Options are discounted by the interest of their expiry.
 */
export function gridGreeks(portfolio: GridPortfolio): PortfolioGreeks {
  const { spot, perpetual, collaterals, cashPrice } = portfolio;
  const expiries = portfolio.expiries.map((expiry) => expiryGreeks(expiry, spot.value));
  const perpetualDelta = ((perpetual?.amount ?? 0) * (perpetual?.price.value ?? 0)) / spot.value;
  const collateralDelta = collaterals.reduce(
    (sum, { amount, price, moves }) => sum + (moves ? (amount * price.value) / cashPrice / spot.value : 0),
    0,
  );
  const total = (of: keyof GridGreeks) => expiries.reduce((sum, greeks) => sum + greeks[of], 0);
  return {
    delta: total('delta') + perpetualDelta + collateralDelta,
    gamma: total('gamma'),
    vegaUsd: total('vegaUsd'),
    thetaUsd: total('thetaUsd'),
    expiries,
    perpetualDelta,
    collateralDelta,
  };
}

function expiryGreeks(expiry: GridExpiry, spotUsd: number): GridGreeks {
  const { moving, fixed } = expiry.forward;
  const years = expiry.secondsToExpiry / SECONDS_PER_YEAR;
  const discount = interestDiscount(expiry);
  // A dollar of the spot moves the forward by this.
  const follows = moving / spotUsd;
  let [delta, gamma, vegaUsd, thetaUsd] = [0, 0, 0, 0];
  for (const { isCall, strikeUsd, amount, volatility } of expiry.options) {
    const greeks = black76Greeks({
      isCall,
      forwardUsd: moving + fixed,
      strikeUsd,
      years,
      volatility: volatility.value,
      discount,
    });
    delta += amount * greeks.delta * follows;
    gamma += amount * greeks.gamma * follows * follows;
    vegaUsd += amount * greeks.vega;
    thetaUsd += amount * greeks.theta;
  }
  return { delta, gamma, vegaUsd, thetaUsd };
}
