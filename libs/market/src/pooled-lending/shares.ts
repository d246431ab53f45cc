import {
  rayDivCeil,
  rayDivFloor,
  rayDivHalfUp,
  rayMulCeil,
  rayMulFloor,
  rayMulHalfUp,
} from '@undertow/units';
import type { LegSide } from '../fact.ts';
import type { PooledRelease } from './release.ts';

/** Raw units of the asset that an account's shares are worth at an index (the token's `balanceOf`). */
export function amountOfShares(
  side: LegSide,
  shares: bigint,
  indexRay: bigint,
  release: PooledRelease,
): bigint {
  if (release === '3.0') return rayMulHalfUp(shares, indexRay);
  return side === 'collateral' ? rayMulFloor(shares, indexRay) : rayMulCeil(shares, indexRay);
}

/** What happens to a leg: shares are made, destroyed, or (collateral only) handed to someone else. */
export type ShareMove = 'mint' | 'burn' | 'transfer';

/**
 * Shares that an amount makes, destroys or moves at an index.
 * Source: 3.0 `ScaledBalanceTokenBase._mintScaled`, `_burnScaled`, `_transfer`; 3.6 `TokenMath`.
 */
export function sharesOfAmount(
  side: LegSide,
  move: ShareMove,
  amount: bigint,
  at: { readonly indexRay: bigint; readonly release: PooledRelease },
): bigint {
  if (at.release === '3.0') return rayDivHalfUp(amount, at.indexRay);
  const roundsUp = side === 'collateral' ? move !== 'mint' : move === 'mint';
  return roundsUp ? rayDivCeil(amount, at.indexRay) : rayDivFloor(amount, at.indexRay);
}
