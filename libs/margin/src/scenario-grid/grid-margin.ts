import { assert } from '@undertow/units';
import { contingencies, forwardContingency, type Contingency } from './contingency.ts';
import { expiryValue, valuedExpiry, type ValuedExpiry } from './expiry-value.ts';
import type { GridPortfolio } from './grid-portfolio.ts';
import type { GridScenario, GridTerms } from './grid-terms.ts';
import { movesSkew, volatilityShock } from './shock.ts';

/** What a portfolio would gain or lose in one scenario, damped: the sum of its three parts. */
export interface ScenarioChange {
  readonly scenario: GridScenario;
  readonly changeUsd: number;
  readonly optionsUsd: number;
  readonly perpetualUsd: number;
  readonly collateralUsd: number;
}

/** What an account must have and has. */
export interface MarginSide {
  /** What must be had: `equityUsd − surplusUsd`. */
  readonly requiredUsd: number;
  /** What is had above that; below 0 the account lacks margin. */
  readonly surplusUsd: number;
  /** What the worst loss was multiplied by. */
  readonly lossFactor: number;
}

/** Margin by scenarios of a portfolio, with all that it is made of. */
export interface GridMargin {
  /** Value of everything, cash included. */
  readonly equityUsd: number;
  readonly initial: MarginSide;
  readonly maintenance: MarginSide;
  /** In the order of the terms' scenarios. */
  readonly scenarios: readonly ScenarioChange[];
  /** What forwards that do not move with the spot may cost; at most 0. It stands beside the scenarios, not on top. */
  readonly forwardUsd: number;
  /** Which scenario is worst, by its place, or `forward`; where several are, the first, `forward` before all. */
  readonly binding: number | 'forward';
  /** The change in the worst; at most 0. */
  readonly worstUsd: number;
  readonly contingencies: readonly Contingency[];
  /** Values now: of the options by expiry, of each collateral. */
  readonly expiryUsd: readonly number[];
  readonly collateralUsd: readonly number[];
}

/**
 * Margin by scenarios. Equity is what all is worth now with the cash; the worst of the scenarios and of the forward
 * contingency, and nothing if all of them gain, is multiplied by a factor; contingencies come off. So
 * `maintenance surplus = equity + factor·worst − Σ maintenance contingencies`, and the initial surplus the same with its
 * own factor and all contingencies, or with its factor on worst and maintenance contingencies together, as the terms say.
 * Initial factors rise where the cash is off its peg.
 *
 * Fails when a scenario moves volatilities by strike and the terms do not say how, when there is no scenario, or the cash
 * is worth nothing. Sources: derivexyz/v2-core, `PMRMLib.getMarginAndMarkToMarket`, `PMRMLib_2.getMarginAndMarkToMarket`.
 */
export function gridMargin(portfolio: GridPortfolio, terms: GridTerms): GridMargin {
  assert(terms.scenarios.length > 0, 'a margin by scenarios needs at least one scenario');
  assert(portfolio.cashPrice > 0, `the cash must have a positive price, not ${portfolio.cashPrice}`);
  const expiries = portfolio.expiries.map((expiry) => valuedExpiry(expiry, terms));
  const collateralUsd = portfolio.collaterals.map(
    ({ amount, price }) => (amount * price.value) / portfolio.cashPrice,
  );
  const expiryUsd = expiries.map(({ markUsd }) => markUsd);
  const equityUsd =
    portfolio.cashUsd + (portfolio.perpetual?.unsettledUsd ?? 0) + sumOf(expiryUsd) + sumOf(collateralUsd);
  const movingUsd = sumOf(collateralUsd.filter((_, row) => portfolio.collaterals[row]!.moves));
  const scenarios = terms.scenarios.map((scenario) =>
    scenarioChange(scenario, { portfolio, expiries, movingUsd, terms }),
  );
  const forwardUsd = forwardContingency(expiries, terms.forward);
  const worst = worstOf(scenarios, forwardUsd);
  const asked = contingencies(portfolio, terms);
  return {
    equityUsd,
    ...marginSides({ equityUsd, worstUsd: worst.worstUsd, asked, cashPrice: portfolio.cashPrice }, terms),
    scenarios,
    forwardUsd,
    ...worst,
    contingencies: asked,
    expiryUsd,
    collateralUsd,
  };
}

interface Priced {
  readonly portfolio: GridPortfolio;
  readonly expiries: readonly ValuedExpiry[];
  /** Value of the collateral that moves with the underlying. */
  readonly movingUsd: number;
  readonly terms: GridTerms;
}

function scenarioChange(
  scenario: GridScenario,
  { portfolio, expiries, movingUsd, terms }: Priced,
): ScenarioChange {
  const { spotFactor, damping } = scenario;
  const moved = (spotFactor - 1) * damping;
  const { amount, price } = portfolio.perpetual ?? { amount: 0, price: { value: 0 } };
  const optionsUsd = sumOf(expiries.map((expiry) => expiryChange(expiry, scenario, terms)));
  const perpetualUsd = amount * price.value * moved;
  const collateralUsd = movingUsd * moved;
  return {
    scenario,
    changeUsd: optionsUsd + perpetualUsd + collateralUsd,
    optionsUsd,
    perpetualUsd,
    collateralUsd,
  };
}

/** Change of an expiry's value, discounted and damped. When the skew moves it is a loss, as it may turn either way. */
function expiryChange(valued: ValuedExpiry, scenario: GridScenario, terms: GridTerms): number {
  const { expiry, discount, markUsd, onGains, onLosses } = valued;
  const { spotFactor, volatility: move, damping } = scenario;
  const isNow = move === 'none' && spotFactor === 1;
  const value = isNow
    ? markUsd
    : expiryValue(expiry, { spotFactor, volatility: volatilityShock(expiry, move, terms) }, discount);
  const change = (value * (value >= 0 ? onGains : onLosses) - markUsd) * damping;
  return movesSkew(scenario) ? -Math.abs(change) : change;
}

function worstOf(
  scenarios: readonly ScenarioChange[],
  forwardUsd: number,
): { readonly binding: number | 'forward'; readonly worstUsd: number } {
  let binding: number | 'forward' = 'forward';
  let worstUsd = forwardUsd;
  scenarios.forEach(({ changeUsd }, row) => {
    if (changeUsd >= worstUsd) return;
    binding = row;
    worstUsd = changeUsd;
  });
  return { binding, worstUsd };
}

interface Measured {
  readonly equityUsd: number;
  readonly worstUsd: number;
  readonly asked: readonly Contingency[];
  readonly cashPrice: number;
}

function marginSides({ equityUsd, worstUsd, asked, cashPrice }: Measured, { factors, peg }: GridTerms) {
  const maintenanceUsd = sumOf(asked.map((part) => part.maintenanceUsd));
  const initialUsd = sumOf(asked.map((part) => part.initialUsd));
  const confidenceUsd = sumOf(asked.map((part) => part.confidenceUsd));
  const initialFactor = factors.initial + Math.max(0, peg.threshold - cashPrice) * peg.factor;
  const onLoss = factors.onContingencies ? initialFactor : 1;
  const initial = worstUsd * initialFactor - maintenanceUsd * onLoss - initialUsd - confidenceUsd;
  const maintenance = worstUsd * factors.maintenance - maintenanceUsd;
  return {
    initial: { requiredUsd: -initial, surplusUsd: equityUsd + initial, lossFactor: initialFactor },
    maintenance: {
      requiredUsd: -maintenance,
      surplusUsd: equityUsd + maintenance,
      lossFactor: factors.maintenance,
    },
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
