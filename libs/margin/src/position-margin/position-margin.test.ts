import fc from 'fast-check';
import { black76 } from '../pricing/black-76.ts';
import type { GridOption } from '../scenario-grid/grid-portfolio.ts';
import { expiryMargin } from './option-margin.ts';
import { positionMargin, type PositionMarket } from './position-margin.ts';
import { STANDARD_POSITION_MARGIN } from './position-terms.ts';

const sure = (value: number) => ({ value, confidence: 1 });
const terms = STANDARD_POSITION_MARGIN;

function option(isCall: boolean, strikeUsd: number, amount: number): GridOption {
  return { isCall, strikeUsd, amount, volatility: sure(0.8) };
}

function expiryOf(options: readonly GridOption[]) {
  return {
    secondsToExpiry: 10 * 86_400,
    forward: { moving: 2_010, fixed: 0, confidence: 1 },
    rate: sure(0),
    options,
  };
}

const price = (isCall: boolean, strikeUsd: number) =>
  black76({ isCall, forwardUsd: 2_010, strikeUsd, years: 10 / 365, volatility: 0.8 });

const of = (options: readonly GridOption[]) => expiryMargin(expiryOf(options), 2_000, terms.option);

describe('expiryMargin', () => {
  test('of a call sold alone: its value and a share of the spot, less at first the farther it is out of the money', () => {
    const { initial, maintenance, valueUsd } = of([option(true, 2_020, -2)]);
    expect(valueUsd).toBeCloseTo(-2 * price(true, 2_020), 9);
    expect(initial.marginUsd).toBeCloseTo(valueUsd - 2 * (0.15 - 0.01) * 2_000, 9);
    expect(maintenance.marginUsd).toBeCloseTo(valueUsd - 2 * 0.09 * 2_000, 9);
    const far = of([option(true, 3_000, -1)]);
    expect(far.initial.marginUsd).toBeCloseTo(far.valueUsd - 0.13 * 2_000, 9);
    expect(initial.worstPayoffUsd).toBeCloseTo(-2 * 1.2 * 2_010, 9);
  });

  test('of a put sold far in the money: a share of its own value, which binds at first too', () => {
    const { initial, maintenance, valueUsd } = of([option(false, 5_000, -1)]);
    expect(maintenance.apartUsd).toBeCloseTo(valueUsd * 1.09, 9);
    expect(initial.apartUsd).toBeCloseTo(valueUsd * 1.09 * 1.05, 9);
    expect(initial.marginUsd).toBe(initial.apartUsd);
    expect(of([option(false, 100, -1)]).maintenance.marginUsd).toBe(-100);
  });

  test('of a spread: what it can lose at most; of a bought option nothing', () => {
    expect(of([option(true, 2_000, -1), option(true, 2_100, 1)]).initial.marginUsd).toBe(-100);
    expect(of([option(true, 2_000, 1), option(true, 2_100, -1)]).initial.marginUsd).toBe(0);
    expect(of([option(false, 2_000, 3)]).maintenance.marginUsd).toBe(0);
  });

  test('never asks more than the worst that can be paid where calls are covered', () => {
    const amounts = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 500, max: 5_000 }), (held, settled) => {
        const options = held.map((amount, row) => option(false, 1_500 + 500 * row, amount));
        const paid = options.reduce(
          (sum, { strikeUsd, amount }) => sum + amount * Math.max(0, strikeUsd - settled),
          0,
        );
        const { worstPayoffUsd, marginUsd } = of(options).maintenance;
        expect(paid).toBeGreaterThanOrEqual(worstPayoffUsd);
        expect(marginUsd).toBeGreaterThanOrEqual(worstPayoffUsd);
        expect(marginUsd).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('positionMargin', () => {
  const market: PositionMarket = {
    terms,
    spot: sure(2_000),
    expiries: [],
    perpetual: { amount: -3, price: sure(2_010), unsettledUsd: 40 },
    collaterals: [
      { amount: 2, price: sure(2_000), moves: true, haircut: { maintenance: 0.2, initial: 0.05 } },
    ],
  };
  const at = (change: Partial<PositionMarket>, cashPrice = 1) =>
    positionMargin({ cashUsd: 500, cashPrice, markets: [{ ...market, ...change }] });

  test('adds up perpetuals, collateral with its haircuts, profit and cash', () => {
    const found = at({});
    expect(found.equityUsd).toBe(500 + 40 + 4_000);
    expect(found.initialSurplusUsd).toBeCloseTo(500 + 40 - 603 + 3_000, 9);
    expect(found.maintenanceSurplusUsd).toBeCloseTo(500 + 40 - 391.95 + 3_200, 9);
    expect(at({ perpetual: { ...market.perpetual!, amount: 0 } }).equityUsd).toBe(4_500);
  });

  test('prices that are not sure, and cash off its peg, cost initial margin only', () => {
    const known = at({ expiries: [expiryOf([option(true, 2_500, -1)])] });
    const unsure = at({
      spot: { value: 2_000, confidence: 0.5 },
      expiries: [expiryOf([option(true, 2_500, -1)])],
    });
    expect(unsure.maintenanceSurplusUsd).toBe(known.maintenanceSurplusUsd);
    expect(known.initialSurplusUsd - unsure.initialSurplusUsd).toBeCloseTo(0.5 * 2_000 * (3 + 1 + 2), 9);
    const depegged = at({}, 0.9);
    expect(at({}).initialSurplusUsd - depegged.initialSurplusUsd).toBeCloseTo(0.09 * 2 * 2_000 * 3, 9);
    expect(depegged.markets[0]!.pegUsd).toBeCloseTo(-1_080, 9);
    expect(depegged.equityUsd).toBeCloseTo(540 + 4_000 / 0.9, 9);
  });
});
