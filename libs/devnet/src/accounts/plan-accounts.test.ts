import fc from 'fast-check';
import { listingOf, type AssetSymbol } from '../deploy/listing.ts';
import { debtCapacity } from './aave-mixes.ts';
import { planAccounts, type PlannedAccount } from './plan-accounts.ts';
import { seededRandom } from './seeded-random.ts';

const plan = planAccounts({ seed: 1, accounts: 2_000 });

const valueUsd = ({ symbol, amount }: { symbol: AssetSymbol; amount: bigint }) => {
  const { decimals, priceUsd } = listingOf(symbol);
  return (Number(amount) / 10 ** decimals) * priceUsd;
};

function aaveHealth({ aave }: PlannedAccount): number | undefined {
  if (!aave || aave.debt.length === 0) return undefined;
  const enabled = aave.collateral.filter((leg) => leg.enabled);
  const legs = enabled.map((leg) => ({ symbol: leg.symbol, valueUsd: valueUsd(leg) }));
  const debtUsd = aave.debt.reduce((sum, leg) => sum + valueUsd(leg), 0);
  return debtCapacity(legs, aave.category).thresholdUsd / debtUsd;
}

describe('planAccounts', () => {
  it('follows from the seed, and owner n does not depend on the number of owners', () => {
    expect(planAccounts({ seed: 1, accounts: 50 })).toEqual(plan.slice(0, 50));
    expect(planAccounts({ seed: 2, accounts: 50 })).not.toEqual(plan.slice(0, 50));
  });

  it('has about a quarter of the owners on both venues', () => {
    const both = plan.filter(({ aave, morpho }) => aave && morpho.length > 0).length / plan.length;
    expect(both).toBeGreaterThan(0.2);
    expect(both).toBeLessThan(0.3);
  });

  it('has health factors from the line to three times as far', () => {
    const healths = plan.map(aaveHealth).filter((health) => health !== undefined);
    expect(Math.min(...healths)).toBeGreaterThan(1.015);
    expect(Math.min(...healths)).toBeLessThan(1.05);
    expect(Math.max(...healths)).toBeGreaterThan(2.8);
    expect(Math.max(...healths)).toBeLessThan(3.01);
  });

  it('has every kind of account that a venue treats in a way of its own', () => {
    const aave = plan.flatMap((account) => (account.aave ? [account.aave] : []));
    expect(aave.some(({ category }) => category > 0)).toBe(true);
    expect(aave.some(({ collateral }) => collateral.some(({ enabled }) => !enabled))).toBe(true);
    expect(aave.some(({ collateral }) => collateral.length > 1)).toBe(true);
    expect(aave.some(({ debt }) => debt.length > 1)).toBe(true);
    expect(aave.some(({ debt }) => debt.some(({ symbol }) => symbol === 'WETH'))).toBe(true);
    expect(aave.some(({ debt }) => debt.length === 0)).toBe(true);
    const isolated = aave.filter(({ collateral }) =>
      collateral.some((leg) => leg.symbol === 'LINK' && leg.enabled),
    );
    expect(isolated.length).toBeGreaterThan(0);
    expect(
      isolated.every(({ collateral, debt }) => collateral.length === 1 && debt[0]?.symbol === 'USDC'),
    ).toBe(true);
  });
});

describe('seededRandom', () => {
  it('stays in its interval and differs between streams', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, stream) => {
        const random = seededRandom(seed, stream);
        const drawn = Array.from({ length: 8 }, () => random.uniform());
        const other = seededRandom(seed, stream + 1);
        expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
        expect(Array.from({ length: 8 }, () => other.uniform())).not.toEqual(drawn);
      }),
    );
  });

  it('has the moments of the normal distribution', () => {
    const random = seededRandom(3, 4);
    const drawn = Array.from({ length: 20_000 }, () => random.normal());
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
