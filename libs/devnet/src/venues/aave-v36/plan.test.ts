import { planAccounts } from '../../accounts/plan-accounts.ts';
import { planAaveV36, saleableOnAaveV36 } from './plan.ts';
import { seededRandom } from '../../accounts/seeded-random.ts';

const plans = planAccounts({ seed: 1, accounts: 2_000, venues: ['aaveV36'] }).venues.aaveV36.map(
  ({ plan }) => plan,
);

describe('planAaveV36', () => {
  it('is used by about a third of the owners, and follows from the stream alone', () => {
    expect(plans.length / 2_000).toBeCloseTo(0.3, 1);
    expect(planAaveV36(seededRandom(4, 2))).toEqual(planAaveV36(seededRandom(4, 2)));
  });

  it('has every kind of account that the venue treats in a way of its own', () => {
    expect(new Set(plans.map(({ category }) => category))).toEqual(new Set([0, 1, 2]));
    expect(plans.some(({ collateral }) => collateral.some(({ enabled }) => !enabled))).toBe(true);
    expect(plans.some(({ debt }) => debt.length > 1)).toBe(true);
    expect(plans.some(({ debt }) => debt.length === 0)).toBe(true);
    const staked = plans.filter(({ collateral }) => collateral.some(({ symbol }) => symbol === 'stWETH'));
    expect(staked.length / plans.length).toBeGreaterThan(0.2);
    // Below what may be closed whole, and above.
    const sizes = plans.map(({ collateral }) => collateral.reduce((sum, { valueUsd }) => sum + valueUsd, 0));
    expect(Math.min(...sizes)).toBeLessThan(2_000);
    expect(Math.max(...sizes)).toBeGreaterThan(100_000);
  });

  it('counts staked WETH as the WETH that it comes to market as, and idle supply not at all', () => {
    const leg = { amount: 1n, valueUsd: 100, enabled: true };
    const collateral = [
      { ...leg, symbol: 'stWETH' as const },
      { ...leg, symbol: 'WETH' as const },
      { ...leg, symbol: 'USDC' as const, enabled: false },
    ];
    expect(saleableOnAaveV36({ collateral, debt: [], category: 0 })).toEqual(new Map([['WETH', 200]]));
  });
});
