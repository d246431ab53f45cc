import { planAccounts } from '../../accounts/plan-accounts.ts';
import { usdOfUnits } from '../../deploy/listing.ts';
import { debtCapacity } from './mixes.ts';
import type { AaveV3Plan } from './plan.ts';

const plans = planAccounts({ seed: 1, accounts: 2_000 }).venues.aaveV3.map(({ plan }) => plan);

function healthOf({ collateral, debt, category }: AaveV3Plan): number | undefined {
  if (debt.length === 0) return undefined;
  const enabled = collateral.filter((leg) => leg.enabled);
  const legs = enabled.map(({ symbol, amount }) => ({ symbol, valueUsd: usdOfUnits(symbol, amount) }));
  const debtUsd = debt.reduce((sum, { symbol, amount }) => sum + usdOfUnits(symbol, amount), 0);
  return debtCapacity(legs, category).thresholdUsd / debtUsd;
}

describe('planAave', () => {
  it('has health factors from the line to three times as far', () => {
    const healths = plans.map(healthOf).filter((health) => health !== undefined);
    expect(Math.min(...healths)).toBeGreaterThan(1.015);
    expect(Math.min(...healths)).toBeLessThan(1.05);
    expect(Math.max(...healths)).toBeGreaterThan(2.8);
    expect(Math.max(...healths)).toBeLessThan(3.01);
  });

  it('has every kind of account that the venue treats in a way of its own', () => {
    expect(plans.some(({ category }) => category > 0)).toBe(true);
    expect(plans.some(({ collateral }) => collateral.some(({ enabled }) => !enabled))).toBe(true);
    expect(plans.some(({ collateral }) => collateral.length > 1)).toBe(true);
    expect(plans.some(({ debt }) => debt.length > 1)).toBe(true);
    expect(plans.some(({ debt }) => debt.some(({ symbol }) => symbol === 'WETH'))).toBe(true);
    expect(plans.some(({ debt }) => debt.length === 0)).toBe(true);
    const isolated = plans.filter(({ collateral }) =>
      collateral.some((leg) => leg.symbol === 'LINK' && leg.enabled),
    );
    expect(isolated.length).toBeGreaterThan(0);
    expect(
      isolated.every(({ collateral, debt }) => collateral.length === 1 && debt[0]?.symbol === 'USDC'),
    ).toBe(true);
  });
});
