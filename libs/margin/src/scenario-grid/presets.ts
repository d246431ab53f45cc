import type { GridScenario, GridTerms, VolatilityMove } from './grid-terms.ts';

const THREE = ['up', 'none', 'down'] as const;

/** Scenarios of each price × each move of volatilities. */
const crossed = (spotFactors: readonly number[], moves: readonly VolatilityMove[]): readonly GridScenario[] =>
  spotFactors.flatMap((spotFactor) => moves.map((volatility) => ({ spotFactor, volatility, damping: 1 })));

const onlyUp = (spotFactor: number, damping = 1): GridScenario => ({ spotFactor, volatility: 'up', damping });

/**
 * Portfolio margin by 23 scenarios: prices 0, ±5, ±10 and ±15 % × volatility up, as it is and down, and ±20 % with
 * volatility up. As Derive's first portfolio margin runs it (derivexyz/v2-core, scripts/config-mainnet.sol,
 * `getDefaultScenarios` and `getPMRMParams`, 2026).
 */
export const PORTFOLIO_MARGIN_23: GridTerms = {
  scenarios: [onlyUp(1.2), ...crossed([1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85], THREE), onlyUp(0.8)],
  volatility: {
    up: 0.6,
    down: 0.3,
    shortPower: 0.3,
    longPower: 0.13,
    floorSeconds: 86_400,
    leastUp: 0,
  },
  forward: { spotUp: 1.05, spotDown: 0.95, addition: 1, perYear: 1.2 },
  discounts: { pricesDiscounted: false, gains: { base: 0.95, rateFactor: 1, rateAddition: 0.12 } },
  factors: { initial: 1.25, maintenance: 1, onContingencies: true },
  contingency: {
    perpetual: { maintenance: 0.03, initial: 0 },
    option: { maintenance: 0.02, initial: 0 },
    confidence: { threshold: 0.55, share: 1 },
  },
  collateral: 'underlying',
  peg: { threshold: 0.99, factor: 4 },
};

/** Haircut of the underlying as collateral there (`basePercent`). */
export const PORTFOLIO_MARGIN_23_HAIRCUT = { maintenance: 0.03, initial: 0 } as const;

/**
 * Portfolio margin by 33 scenarios: prices 0, ±4.5, ±9 and ±13.5 % × three volatilities, ±18 % with volatility up, eight
 * far moves of which a share counts, and the skew tilted and its wings raised. As Derive's second portfolio margin runs
 * it (scripts/config-mainnet.sol, `getDefaultPM2Scenarios` and `getPMRM2Params`, 2026). That script gives the discount
 * of 0.95 to losses and 1.05 to gains, which would reward risk; the contract's comments and tests have it as it is here.
 * Haircuts of collateral are set for each asset, and are part of a portfolio here.
 */
export const PORTFOLIO_MARGIN_33: GridTerms = {
  scenarios: [
    onlyUp(1.18),
    ...crossed([1.135, 1.09, 1.045, 1, 0.955, 0.91, 0.865], THREE),
    onlyUp(0.82),
    ...[onlyUp(0.34, 0.21), onlyUp(0.67, 0.42), onlyUp(1.5, 0.2772), onlyUp(2, 0.1386), onlyUp(3, 0.0693)],
    ...[onlyUp(4, 0.0462), onlyUp(5, 0.03465), onlyUp(6, 0.02772)],
    ...crossed([1], ['tilt', 'wings']),
  ],
  volatility: {
    up: 0.5,
    down: 0.3,
    shortPower: 0.3,
    longPower: 0.13,
    floorSeconds: 86_400,
    leastUp: 0.4,
  },
  skew: {
    tilt: { cap: 0.25, capPerRootYear: -0.1 },
    wings: { cap: 0.25, capPerRootYear: -0.1 },
    leastWidth: 0.01,
    widthFactor: 4,
    volatility: 0.6,
    volatilityPerRootYear: 0,
  },
  forward: { spotUp: 1.045, spotDown: 0.955, addition: 0.5, perYear: 2 },
  discounts: {
    pricesDiscounted: true,
    gains: { base: 0.95, rateFactor: 0, rateAddition: 0.16 },
    losses: { base: 1.05, rateFactor: 0, rateAddition: 0.16 },
  },
  factors: { initial: 1, maintenance: 0.8, onContingencies: false },
  contingency: {
    perpetual: { maintenance: 0.03, initial: 0.01 },
    option: { maintenance: 0.003, initial: 0.002 },
    confidence: { threshold: 0.55, share: 1 },
  },
  collateral: 'any',
  peg: { threshold: 0.99, factor: 4 },
};

/** Largest move of the price in nine even buckets. */
const NINE_BUCKETS_RANGE = 0.16;
const FAR_MOVES = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5];

/**
 * Portfolio margin by 35 scenarios: ±16 % in nine even buckets × three volatilities, and eight far moves with volatility
 * up, of which the share range ÷ move counts. As Deribit describes its own and its API shows the parameters for BTC
 * (support.deribit.com, Portfolio Margin; `private/pme/simulate`, `model_params`: 2024-06). Alike, not equal: its
 * contingencies for large deltas, for rolling between expiries and for curves are not public formulas and are not in
 * here, and its dampener of far moves depends on the size of the account.
 */
export const PORTFOLIO_MARGIN_NINE_BUCKETS: GridTerms = {
  scenarios: [
    ...crossed(
      [4, 3, 2, 1, 0, -1, -2, -3, -4].map((bucket) => 1 + (bucket * NINE_BUCKETS_RANGE) / 4),
      THREE,
    ),
    ...FAR_MOVES.map((move) => onlyUp(1 + move, NINE_BUCKETS_RANGE / Math.abs(move))),
  ],
  volatility: {
    up: 0.5,
    down: 0.25,
    shortPower: 0.3,
    longPower: 0.13,
    floorSeconds: 86_400,
    leastUp: 0.5,
  },
  discounts: { pricesDiscounted: false, gains: { base: 1, rateFactor: 0, rateAddition: 0 } },
  factors: { initial: 1, maintenance: 0.8, onContingencies: false },
  contingency: {
    perpetual: { maintenance: 0, initial: 0 },
    option: { maintenance: 0, initial: 0 },
    confidence: { threshold: 0, share: 0 },
  },
  collateral: 'any',
  peg: { threshold: 0, factor: 0 },
};
