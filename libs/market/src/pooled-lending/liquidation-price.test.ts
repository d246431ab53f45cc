import { WAD } from '@undertow/units';
import fc from 'fast-check';
import { pooledAccountData, type PooledAccount } from './account.ts';
import { wethUsdcAccount } from './fixture.ts';
import { pooledLiquidationPrice } from './liquidation-price.ts';

function isLiquidatableAt(account: PooledAccount, position: number, price: bigint): boolean {
  const positions = account.positions.map((one, i) =>
    i === position ? { ...one, reserve: { ...one.reserve, price } } : one,
  );
  const { healthFactorWad } = pooledAccountData({ ...account, positions });
  return healthFactorWad !== undefined && healthFactorWad < WAD;
}

describe('liquidation price', () => {
  test('health is 1 there: liquidatable at it, safe one unit further, for both directions and releases', () => {
    const usd = fc.bigInt({ min: 10n, max: 2_400n });
    fc.assert(
      fc.property(
        usd,
        fc.constantFrom('3.0' as const, '3.6' as const),
        fc.constantFrom(0, 1),
        (debt, release, position) => {
          const account = wethUsdcAccount(WAD, debt * 1_000_000n, { release });
          const { price, direction } = pooledLiquidationPrice(account, position)!;
          expect(direction).toBe(position === 0 ? 'falling' : 'rising');
          expect(isLiquidatableAt(account, position, price)).toBe(true);
          expect(isLiquidatableAt(account, position, direction === 'falling' ? price + 1n : price - 1n)).toBe(
            false,
          );
        },
      ),
    );
  });

  test('is debt ÷ (collateral × threshold) for one against one', () => {
    const { price } = pooledLiquidationPrice(wethUsdcAccount(WAD, 2_075_000_000n), 0)!;
    expect(price).toBe(2_500n * 10n ** 8n - 1n);
  });

  test('does not exist without debt, nor for an asset that decides nothing', () => {
    expect(pooledLiquidationPrice(wethUsdcAccount(WAD, 0n), 0)).toBeUndefined();
    const switchedOff = wethUsdcAccount(WAD, 1_000_000n);
    const positions = switchedOff.positions.map((one) => ({ ...one, isCollateral: false }));
    expect(pooledLiquidationPrice({ ...switchedOff, positions }, 0)).toBeUndefined();
  });
});
