import { RAY, WAD } from '@undertow/units';
import fc from 'fast-check';
import { pooledAccountData } from './account.ts';
import { wethUsdcAccount } from './fixture.ts';
import { pooledLiquidation, type PooledLiquidation } from './liquidation.ts';
import type { PooledAccount } from './account.ts';

const USDC = 1_000_000n;

function liquidate(account: PooledAccount, debtToCover?: bigint): PooledLiquidation {
  const result = pooledLiquidation({ account, collateral: 0, debt: 1, debtToCover });
  if (result.outcome === 'refused') throw new Error(result.reason);
  return result;
}

function refusal(account: PooledAccount, debtToCover?: bigint): string {
  const result = pooledLiquidation({ account, collateral: 0, debt: 1, debtToCover });
  return result.outcome === 'refused' ? result.reason : 'none';
}

describe('close factor', () => {
  test('3.0: half of the debt asset above a health factor of 0.95, all of it at or below', () => {
    // 1 WETH at 3,000 USD × 0.83 = 2,490.
    expect(liquidate(wethUsdcAccount(WAD, 2_600n * USDC)).repaid).toBe(1_300n * USDC);
    expect(liquidate(wethUsdcAccount(WAD, 2_622n * USDC)).repaid).toBe(2_622n * USDC);
  });

  test('3.6: all when small, half of the whole debt when large and above 0.95', () => {
    const release = '3.6' as const;
    expect(liquidate(wethUsdcAccount(WAD / 2n, 1_300n * USDC, { release })).repaid).toBe(1_300n * USDC);
    expect(liquidate(wethUsdcAccount(10n * WAD, 26_000n * USDC, { release })).repaid).toBe(13_000n * USDC);
    expect(liquidate(wethUsdcAccount(10n * WAD, 26_300n * USDC, { release })).repaid).toBe(26_300n * USDC);
  });

  test('3.6 refuses to leave less than 1,000 USD of a side that it does not clear', () => {
    const account = wethUsdcAccount(WAD, 2_600n * USDC, { release: '3.6' });
    expect(liquidate(account, 1_300n * USDC).repaid).toBe(1_300n * USDC);
    expect(refusal(wethUsdcAccount(WAD / 2n, 1_300n * USDC, { release: '3.6' }), 400n * USDC)).toBe('dust');
  });
});

describe('amounts', () => {
  test('seized = repaid value ÷ price × 1.05; a tenth of the bonus is the protocol’s', () => {
    const { repaid, seized, protocolFee, badDebt } = liquidate(wethUsdcAccount(WAD, 2_600n * USDC));
    const base = (repaid * WAD * 10n ** 8n) / (USDC * 3_000n * 10n ** 8n);
    expect(seized + protocolFee).toBe((base * 10_500n + 5_000n) / 10_000n);
    expect(protocolFee).toBe(2_166_666_666_666_667n);
    expect(badDebt).toEqual([]);
  });

  test('with too little collateral, the collateral decides what is repaid; 3.6 writes the rest off', () => {
    const old = liquidate(wethUsdcAccount(WAD, 4_000n * USDC));
    expect(old).toMatchObject({ repaid: 2_857_142_857n, emptiesCollateral: true, badDebt: [] });
    const now = liquidate(wethUsdcAccount(WAD, 4_000n * USDC, { release: '3.6' }));
    expect(now).toMatchObject({ repaid: 2_857_142_858n, debtSharesBurnt: 4_000n * USDC });
    expect(now.badDebt).toEqual([{ position: 1, amount: 4_000n * USDC - now.repaid }]);
  });

  test('value is conserved: the owner loses what is repaid plus the bonus, and no shares appear', () => {
    const index = fc.bigInt({ min: RAY, max: 3n * RAY });
    const release = fc.constantFrom('3.0' as const, '3.6' as const);
    fc.assert(
      fc.property(fc.bigInt({ min: 1_000n, max: 10_000_000n }), index, release, (usd, incomeIndexRay, of) => {
        const wethReserve = { incomeIndexRay };
        const shares = (BigInt(usd) * WAD * RAY) / (2_600n * incomeIndexRay);
        const account = wethUsdcAccount(shares, BigInt(usd) * USDC, { release: of, wethReserve });
        const { repaid, seized, protocolFee, seizedShares, protocolFeeShares } = liquidate(account);
        expect(seizedShares + protocolFeeShares <= shares).toBe(true);
        const takenBase = (seized + protocolFee) * 3_000n * 10n ** 8n;
        const paidBase = (repaid * 10_500n * 10n ** 8n * WAD) / (10_000n * USDC);
        const difference = takenBase - paidBase;
        // One raw unit of USDC, with its bonus, is the coarsest step.
        const bound = (2n * 10n ** 8n * WAD) / USDC;
        expect(difference <= bound && -difference <= bound).toBe(true);
      }),
    );
  });

  test('below the toxicity line a call raises the health factor', () => {
    const debt = fc.bigInt({ min: 2_491n, max: 2_600n });
    fc.assert(
      fc.property(debt, fc.constantFrom('3.0' as const, '3.6' as const), (usd, release) => {
        const account = wethUsdcAccount(10n * WAD, usd * 10n * USDC, { release });
        const { seizedShares, protocolFeeShares, debtSharesBurnt } = liquidate(account);
        const left = 10n * WAD - seizedShares - protocolFeeShares;
        const after = wethUsdcAccount(left, usd * 10n * USDC - debtSharesBurnt, { release });
        const before = pooledAccountData(account).healthFactorWad!;
        expect((pooledAccountData(after).healthFactorWad ?? 2n * WAD) > before).toBe(true);
      }),
    );
  });
});

describe('refusals', () => {
  test('say why', () => {
    const due = wethUsdcAccount(WAD, 2_600n * USDC);
    expect(refusal(wethUsdcAccount(WAD, 2_000n * USDC))).toBe('healthy');
    expect(refusal(wethUsdcAccount(WAD, 0n))).toBe('healthy');
    expect(refusal(wethUsdcAccount(WAD, 2_600n * USDC, { wethReserve: { isPaused: true } }))).toBe('paused');
    expect(refusal(wethUsdcAccount(WAD, 2_600n * USDC, { wethReserve: { isActive: false } }))).toBe(
      'inactive',
    );
    expect(pooledLiquidation({ account: due, collateral: 1, debt: 1 })).toMatchObject({
      reason: 'not-collateral',
    });
    expect(pooledLiquidation({ account: due, collateral: 0, debt: 0 })).toMatchObject({ reason: 'no-debt' });
    expect(refusal(due, 0n)).toBe('nothing');
  });
});
