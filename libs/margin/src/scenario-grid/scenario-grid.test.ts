import fc from 'fast-check';
import { black76 } from '../pricing/black-76.ts';
import { uncoveredContracts } from './contingency.ts';
import { gridGreeks } from './grid-greeks.ts';
import { gridMargin } from './grid-margin.ts';
import type { GridExpiry, GridOption, GridPortfolio } from './grid-portfolio.ts';
import { PORTFOLIO_MARGIN_23, PORTFOLIO_MARGIN_33, PORTFOLIO_MARGIN_NINE_BUCKETS } from './presets.ts';
import { skewFactor, volatilityFactors } from './shock.ts';

const DAY = 86_400;
const sure = (value: number) => ({ value, confidence: 1 });

function option(isCall: boolean, strikeUsd: number, amount: number, volatility = 0.8): GridOption {
  return { isCall, strikeUsd, amount, volatility: sure(volatility) };
}

function expiry(options: readonly GridOption[], days = 10): GridExpiry {
  const forward = { moving: 2_000, fixed: 0, confidence: 1 };
  return { secondsToExpiry: days * DAY, forward, rate: sure(0.04), options };
}

function holding(expiries: readonly GridExpiry[], more: Partial<GridPortfolio> = {}): GridPortfolio {
  return { cashUsd: 1_000, cashPrice: 1, spot: sure(2_000), expiries, collaterals: [], ...more };
}

const PRESETS = [PORTFOLIO_MARGIN_23, PORTFOLIO_MARGIN_33, PORTFOLIO_MARGIN_NINE_BUCKETS];

describe('presets', () => {
  test('have as many scenarios as they say, and the present among them', () => {
    expect(PRESETS.map(({ scenarios }) => scenarios.length)).toEqual([23, 33, 35]);
    for (const { scenarios } of PRESETS) {
      const now = scenarios.filter(({ spotFactor, volatility }) => spotFactor === 1 && volatility === 'none');
      expect(now).toHaveLength(1);
      expect(new Set(scenarios.map((scenario) => JSON.stringify(scenario))).size).toBe(scenarios.length);
    }
  });

  test('volatility moves most towards expiry, and not below the floor', () => {
    const at = (days: number) => volatilityFactors(days * DAY, PORTFOLIO_MARGIN_23.volatility);
    expect(at(30)).toEqual({ up: 1.6, down: 0.7 });
    expect(at(5).up).toBeCloseTo(1 + 0.6 * 6 ** 0.3, 12);
    expect(at(60).down).toBeCloseTo(1 - 0.3 * 0.5 ** 0.13, 12);
    expect(at(0)).toEqual(at(1));
  });

  test('a tilt raises what is above the forward and lowers what is below, up to its cap; wings rise on both sides', () => {
    const skew = PORTFOLIO_MARGIN_33.skew!;
    const at = (move: 'tilt' | 'wings', strikeUsd: number) =>
      skewFactor(move, { strikeUsd, forwardUsd: 2_000, years: 0.25 }, skew);
    expect(at('tilt', 2_000)).toBe(1);
    expect(at('tilt', 20_000)).toBeCloseTo(1.2, 12);
    expect(at('tilt', 200)).toBeCloseTo(0.8, 12);
    expect(at('wings', 200)).toBeCloseTo(1.2, 12);
    expect(at('wings', 2_200)).toBeCloseTo(1 + (0.2 * Math.log(1.1)) / (4 * 0.5 * 0.6), 12);
  });
});

describe('gridMargin', () => {
  test('of cash alone is the cash, and no scenario binds', () => {
    for (const terms of PRESETS) {
      const found = gridMargin(holding([]), terms);
      expect(found).toMatchObject({ equityUsd: 1_000, worstUsd: 0, binding: 'forward', contingencies: [] });
      expect([found.initial.surplusUsd, found.maintenance.surplusUsd]).toEqual([1_000, 1_000]);
      expect(found.initial.requiredUsd).toBeCloseTo(0, 12);
    }
  });

  test('of a perpetual is the largest move against it, and the contingency', () => {
    const perpetual = { amount: -2, price: sure(2_010), unsettledUsd: 30 };
    const found = gridMargin(holding([], { perpetual }), PORTFOLIO_MARGIN_23);
    expect(found.equityUsd).toBe(1_030);
    expect(found.worstUsd).toBeCloseTo(-2 * 2_010 * 0.2, 9);
    expect(found.scenarios[found.binding as number]!.scenario.spotFactor).toBe(1.2);
    const contingency = 2 * 2_000 * 0.03;
    expect(found.maintenance.requiredUsd).toBeCloseTo(804 + contingency, 9);
    expect(found.initial.requiredUsd).toBeCloseTo(1.25 * (804 + contingency), 9);
  });

  test('of a sold call by hand: the worst cell, discounted by nothing as it is a loss', () => {
    const sold = holding([expiry([option(true, 2_200, -3)])]);
    const found = gridMargin(sold, PORTFOLIO_MARGIN_23);
    const price = (forwardUsd: number, volatility: number) =>
      black76({ isCall: true, forwardUsd, strikeUsd: 2_200, years: 10 / 365, volatility });
    const mark = price(2_000, 0.8);
    const worst = price(2_400, 0.8 * (1 + 0.6 * 3 ** 0.3));
    expect(found.expiryUsd).toEqual([expect.closeTo(-3 * mark, 9)]);
    expect(found.binding).toBe(0);
    expect(found.worstUsd).toBeCloseTo(-3 * (worst - mark), 9);
    expect(found.contingencies).toEqual([
      { of: 'options', row: 0, maintenanceUsd: 120, initialUsd: 0, confidenceUsd: 0 },
    ]);
    expect(found.maintenance.surplusUsd).toBeCloseTo(1_000 - 3 * worst - 120, 9);
    const [basisUp, basisDown] = [2_100, 1_900].map((forward) => -3 * (price(forward, 0.8) - mark));
    expect(found.forwardUsd).toBeCloseTo(Math.min(basisUp!, basisDown!) * (1 + (1.2 * 10) / 365), 9);
  });

  test('changes add up from options, perpetual and collateral, and far moves count in part', () => {
    const collaterals = [true, false].map((moves) => ({
      amount: 1,
      price: sure(2_000),
      moves,
      haircut: { maintenance: 0.1, initial: 0.05 },
    }));
    const perpetual = { amount: 1, price: sure(2_000), unsettledUsd: 0 };
    const of = holding([expiry([option(false, 1_500, -1)])], { collaterals, perpetual });
    const found = gridMargin(of, PORTFOLIO_MARGIN_33);
    for (const row of found.scenarios)
      expect(row.changeUsd).toBeCloseTo(row.optionsUsd + row.perpetualUsd + row.collateralUsd, 9);
    const far = found.scenarios.find(({ scenario }) => scenario.spotFactor === 0.34)!;
    expect(far.perpetualUsd).toBeCloseTo(-0.66 * 2_000 * 0.21, 9);
    expect(far.collateralUsd).toBeCloseTo(far.perpetualUsd, 9);
    expect(found.collateralUsd).toEqual([2_000, 2_000]);
  });

  test('a turned skew is a loss whichever way it is turned, by expiry', () => {
    const row = (amount: number) => {
      const found = gridMargin(holding([expiry([option(true, 2_600, amount)])]), PORTFOLIO_MARGIN_33);
      return found.scenarios.filter(({ scenario }) => scenario.volatility === 'tilt')[0]!.changeUsd;
    };
    expect([row(1) < 0, row(-1) < 0]).toEqual([true, true]);
  });

  test('what feeds are not sure of, and cash off its peg, cost initial margin only', () => {
    const options = [expiry([{ ...option(true, 2_200, 2), volatility: { value: 0.8, confidence: 0.3 } }])];
    const known = gridMargin(holding([expiry([option(true, 2_200, 2)])]), PORTFOLIO_MARGIN_23);
    const unsure = gridMargin(holding(options), PORTFOLIO_MARGIN_23);
    expect(unsure.maintenance).toEqual(known.maintenance);
    expect(known.initial.surplusUsd - unsure.initial.surplusUsd).toBeCloseTo(0.7 * 2 * 2_000, 9);
    const depegged = gridMargin(
      holding([expiry([option(true, 2_200, 2)])], { cashPrice: 0.9 }),
      PORTFOLIO_MARGIN_23,
    );
    expect(depegged.initial.lossFactor).toBeCloseTo(1.25 + 0.09 * 4, 12);
    expect(depegged.maintenance).toEqual(known.maintenance);
  });

  test('fails where the terms do not say what a scenario needs', () => {
    const { skew: _, ...terms } = PORTFOLIO_MARGIN_33;
    const of = holding([expiry([option(true, 2_200, 1)])]);
    expect(() => gridMargin(of, terms)).toThrow(/moves volatilities by strike \(tilt\)/);
    expect(() => gridMargin(of, { ...terms, scenarios: [] })).toThrow(/at least one scenario/);
    expect(() => gridMargin({ ...of, cashPrice: 0 }, PORTFOLIO_MARGIN_23)).toThrow(/positive price/);
  });

  const amounts = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 4, maxLength: 4 });
  const expiryOf = (held: readonly number[]) =>
    expiry(held.map((amount, row) => option(row % 2 === 0, 1_800 + 200 * row, amount)));

  test('scales with the portfolio, and two portfolios together need at most what they need apart', () => {
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 2, max: 9 }), (first, second, times) => {
        for (const terms of [PORTFOLIO_MARGIN_23, PORTFOLIO_MARGIN_NINE_BUCKETS]) {
          // A discount on gains alone, of all of an expiry, is convex, so that sums lose no more than their parts.
          const required = (held: readonly number[]) =>
            gridMargin(holding([expiryOf(held)]), terms).initial.requiredUsd;
          const [one, two] = [required(first), required(second)];
          const many = required(first.map((amount) => amount * times));
          expect(Math.abs(many - times * one)).toBeLessThan(1e-6);
          expect(required(first.map((amount, row) => amount + second[row]!))).toBeLessThan(one + two + 1e-6);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('uncoveredContracts', () => {
  test('are those sold at a strike less those bought at it, calls and puts alike', () => {
    const sold = expiry([option(true, 2_000, -3), option(false, 2_000, 1), option(true, 2_100, 5)]);
    expect(uncoveredContracts(sold)).toBe(2);
    expect(uncoveredContracts(expiry([option(true, 2_000, -3), option(false, 2_000, -1)]))).toBe(4);
  });
});

describe('gridGreeks', () => {
  const at = ({ spot = 2_000, volatility = 0.8, days = 10 }): GridPortfolio => ({
    cashUsd: 0,
    cashPrice: 0.98,
    spot: sure(spot),
    expiries: [
      {
        secondsToExpiry: days * DAY,
        forward: { moving: spot * 1.01, fixed: 50, confidence: 1 },
        rate: sure(0.04),
        options: [option(true, 2_200, -3, volatility), option(false, 1_900, 2, volatility)],
      },
    ],
    perpetual: { amount: 2, price: sure(spot * 1.002), unsettledUsd: 2 * spot * 1.002 },
    collaterals: [true, false].map((moves) => ({
      amount: 1.5,
      price: sure(moves ? spot * 1.1 : 2_000),
      moves,
      haircut: { maintenance: 0, initial: 0 },
    })),
  });
  /** Terms that discount prices. */
  const value = (change: Parameters<typeof at>[0]) => gridMargin(at(change), PORTFOLIO_MARGIN_33).equityUsd;

  test('are slopes of the value, by expiry and in sum', () => {
    const found = gridGreeks(at({}));
    expect((value({ spot: 2_001 }) - value({ spot: 1_999 })) / 2).toBeCloseTo(found.delta, 5);
    expect(value({ spot: 2_001 }) + value({ spot: 1_999 }) - 2 * value({})).toBeCloseTo(found.gamma, 6);
    expect((value({ volatility: 0.801 }) - value({ volatility: 0.799 })) / 0.002).toBeCloseTo(
      found.vegaUsd,
      1,
    );
    expect(((value({ days: 9.99 }) - value({ days: 10.01 })) / 0.02) * 365).toBeCloseTo(found.thetaUsd, 0);
    expect(found.perpetualDelta).toBeCloseTo(2.004, 12);
    expect(found.collateralDelta).toBeCloseTo((1.5 * 1.1) / 0.98, 12);
    expect(found.delta).toBeCloseTo(found.expiries[0]!.delta + 2.004 + 1.65 / 0.98, 12);
  });
});
