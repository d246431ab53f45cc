import { RAY, WAD } from '@undertow/units';
import fc from 'fast-check';
import { pooledAccountData, type PooledAccount, type PooledPosition } from './account.ts';
import { reserve } from './fixture.ts';

const weth = reserve({ reserveId: 0, price: 3_000n * 10n ** 8n });
const usdc = reserve({
  reserveId: 1,
  decimals: 6,
  price: 10n ** 8n,
  liquidationThresholdBps: 7_800n,
  loanToValueBps: 7_500n,
});

const held = (of: typeof weth, shares: bigint, more: Partial<PooledPosition> = {}): PooledPosition => ({
  reserve: of,
  collateralShares: shares,
  debtShares: 0n,
  isCollateral: true,
  ...more,
});
const owed = (of: typeof weth, shares: bigint): PooledPosition => ({
  ...held(of, 0n, { isCollateral: false }),
  debtShares: shares,
});
const account = (positions: PooledPosition[], more: Partial<PooledAccount> = {}): PooledAccount => ({
  release: '3.0',
  positions,
  category: undefined,
  ...more,
});

describe('account data', () => {
  test('one collateral, one debt', () => {
    const data = pooledAccountData(account([held(weth, 2n * WAD), owed(usdc, 3_000_000_000n)]));
    expect(data).toEqual({
      collateralBase: 6_000n * 10n ** 8n,
      debtBase: 3_000n * 10n ** 8n,
      availableBorrowsBase: 1_830n * 10n ** 8n,
      liquidationThresholdBps: 8_300n,
      loanToValueBps: 8_050n,
      healthFactorWad: 1_660_000_000_000_000_000n,
    });
  });

  test('no debt has no health factor, an empty account nothing at all', () => {
    expect(pooledAccountData(account([held(weth, WAD)])).healthFactorWad).toBeUndefined();
    expect(pooledAccountData(account([]))).toMatchObject({ collateralBase: 0n, loanToValueBps: 0n });
  });

  test('3.0 floors the average threshold before it multiplies, 3.6 does not', () => {
    const positions = [held(weth, WAD), held(usdc, 1_000_001n), owed(usdc, 2_000_000_000n)];
    const old = pooledAccountData(account(positions));
    const now = pooledAccountData(account(positions, { release: '3.6' }));
    expect(old.liquidationThresholdBps).toBe(8_299n);
    expect(now.liquidationThresholdBps).toBe(8_299n);
    expect(old.healthFactorWad! < now.healthFactorWad!).toBe(true);
  });

  test('a switch that is off, or a threshold of 0, counts nothing in 3.0', () => {
    const off = held(weth, WAD, { isCollateral: false });
    expect(pooledAccountData(account([off])).collateralBase).toBe(0n);
    const unfit = reserve({ liquidationThresholdBps: 0n, category: 1 });
    const category = {
      id: 1,
      loanToValueBps: 9_000n,
      liquidationThresholdBps: 9_300n,
      liquidationBonusBps: 100n,
    };
    expect(pooledAccountData(account([held(unfit, WAD)], { category })).collateralBase).toBe(0n);
    const member = { isCollateral: true, isLtvZero: false };
    const now = pooledAccountData(account([held(unfit, WAD, { member })], { category, release: '3.6' }));
    expect(now.liquidationThresholdBps).toBe(9_300n);
    expect(now.loanToValueBps).toBe(9_000n);
    const zero = held(unfit, WAD, { member: { ...member, isLtvZero: true } });
    expect(pooledAccountData(account([zero], { category, release: '3.6' })).loanToValueBps).toBe(0n);
  });

  test("a category's own price replaces that of its reserves, in 3.0 only", () => {
    const inside = reserve({ category: 1 });
    const category = {
      id: 1,
      loanToValueBps: 9_000n,
      liquidationThresholdBps: 9_300n,
      liquidationBonusBps: 100n,
      price: 7n * 10n ** 8n,
    };
    const of = (release: '3.0' | '3.6', price: bigint) =>
      pooledAccountData(account([held(inside, WAD)], { release, category: { ...category, price } }))
        .collateralBase;
    expect(of('3.0', category.price)).toBe(7n * 10n ** 8n);
    expect(of('3.0', 0n)).toBe(inside.price);
    expect(of('3.6', category.price)).toBe(inside.price);
  });

  test('debt is rounded up to a base unit in 3.6, floored in 3.0', () => {
    const dust = account([held(weth, WAD), owed(weth, 1n)]);
    expect(pooledAccountData(dust).healthFactorWad).toBeUndefined();
    expect(pooledAccountData({ ...dust, release: '3.6' }).debtBase).toBe(1n);
  });

  test('scaling all amounts leaves health unchanged but for floors of base units', () => {
    const amount = fc.bigInt({ min: 10n ** 15n, max: 10n ** 24n });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.constantFrom('3.0' as const, '3.6' as const),
        (supplied, debt, release) => {
          const of = (k: bigint) =>
            pooledAccountData(account([held(weth, supplied * k), owed(weth, debt * k)], { release }))
              .healthFactorWad!;
          const difference = of(1n) - of(1_000n);
          // Each floor moves a value of at least 3e8 units by less than one.
          const bound = of(1n) / 10n ** 8n + 2n;
          expect(difference <= bound && -difference <= bound).toBe(true);
        },
      ),
    );
  });

  test('more interest on supply never hurts, on debt never helps', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: RAY, max: 2n * RAY }),
        fc.constantFrom('3.0' as const, '3.6' as const),
        (index, release) => {
          const of = (income: bigint, debt: bigint) =>
            pooledAccountData(
              account(
                [
                  held({ ...weth, incomeIndexRay: income }, WAD),
                  owed({ ...usdc, debtIndexRay: debt }, 2_000_000_000n),
                ],
                { release },
              ),
            ).healthFactorWad!;
          expect(of(index, RAY) >= of(RAY, RAY)).toBe(true);
          expect(of(RAY, index) <= of(RAY, RAY)).toBe(true);
        },
      ),
    );
  });
});
