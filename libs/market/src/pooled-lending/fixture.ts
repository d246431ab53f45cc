import { RAY, WAD } from '@undertow/units';
import type { PooledAccount, PooledPosition, PooledReserve } from './account.ts';

/** A reserve for tests: 18 decimals, 3,000 USD, no interest yet, WETH's terms. */
export function reserve(more: Partial<PooledReserve> = {}): PooledReserve {
  return {
    reserveId: 0,
    decimals: 18,
    loanToValueBps: 8_050n,
    liquidationThresholdBps: 8_300n,
    liquidationBonusBps: 500n,
    liquidationProtocolFeeBps: 1_000n,
    isActive: true,
    isPaused: false,
    category: 0,
    incomeIndexRay: RAY,
    debtIndexRay: RAY,
    price: 3_000n * 10n ** 8n,
    ...more,
  };
}

/** An account for tests: WETH against USDC, `wethWad` and `usdcRaw` shares. */
export function wethUsdcAccount(
  wethWad: bigint,
  usdcRaw: bigint,
  more: Partial<PooledAccount> & { readonly wethReserve?: Partial<PooledReserve> } = {},
): PooledAccount {
  const { wethReserve, ...rest } = more;
  const positions: PooledPosition[] = [
    { reserve: reserve(wethReserve), collateralShares: wethWad, debtShares: 0n, isCollateral: true },
    {
      reserve: reserve({ reserveId: 1, decimals: 6, price: WAD / 10n ** 10n }),
      collateralShares: 0n,
      debtShares: usdcRaw,
      isCollateral: false,
    },
  ];
  return { release: '3.0', positions, category: undefined, ...rest };
}
