import { RAY, rayMulHalfUp } from '@undertow/units';
import type { PooledRelease } from './release.ts';

const SECONDS_PER_YEAR = 31_536_000n;

/** An index as the protocol last stored it. */
export interface StoredIndex {
  readonly indexRay: bigint;
  readonly ratePerYearRay: bigint;
  /** When it was stored, unix seconds. */
  readonly updatedAt: number;
}

/**
 * Index that turns supplied shares into an amount at `time` (unix seconds, not before `updatedAt`), ray:
 * `index · (1 + rate · Δt ÷ year)`. At `updatedAt` it is the stored index.
 * Source: `ReserveLogic.getNormalizedIncome`, `MathUtils.calculateLinearInterest`, the same in both releases.
 */
export function normalizedIncomeRay(stored: StoredIndex, time: number): bigint {
  return rayMulHalfUp(linearGrowthRay(stored.ratePerYearRay, time - stored.updatedAt), stored.indexRay);
}

/**
 * Index that turns debt shares into an amount at `time` (unix seconds, not before `updatedAt`), ray:
 * `index · compounded(rate, Δt)`. At `updatedAt` it is the stored index.
 * Source: `ReserveLogic.getNormalizedDebt`, `MathUtils.calculateCompoundedInterest` of each release.
 */
export function normalizedDebtRay(stored: StoredIndex, time: number, release: PooledRelease): bigint {
  const seconds = BigInt(time - stored.updatedAt);
  const growth =
    release === '3.0'
      ? binomialGrowthRay(stored.ratePerYearRay, seconds)
      : exponentialGrowthRay(stored.ratePerYearRay, seconds);
  return rayMulHalfUp(growth, stored.indexRay);
}

function linearGrowthRay(ratePerYearRay: bigint, seconds: number): bigint {
  return RAY + (ratePerYearRay * BigInt(seconds)) / SECONDS_PER_YEAR;
}

/** First three terms of (1 + rate ÷ year)^seconds after the 1. */
function binomialGrowthRay(ratePerYearRay: bigint, seconds: bigint): bigint {
  if (seconds === 0n) return RAY;
  const lessOne = seconds - 1n;
  const lessTwo = seconds > 2n ? seconds - 2n : 0n;
  const powerTwo = rayMulHalfUp(ratePerYearRay, ratePerYearRay) / (SECONDS_PER_YEAR * SECONDS_PER_YEAR);
  const powerThree = rayMulHalfUp(powerTwo, ratePerYearRay) / SECONDS_PER_YEAR;
  const second = (seconds * lessOne * powerTwo) / 2n;
  const third = (seconds * lessOne * lessTwo * powerThree) / 6n;
  return RAY + (ratePerYearRay * seconds) / SECONDS_PER_YEAR + second + third;
}

/** First three terms of e^(rate · seconds ÷ year) after the 1. */
function exponentialGrowthRay(ratePerYearRay: bigint, seconds: bigint): bigint {
  const x = (ratePerYearRay * seconds) / SECONDS_PER_YEAR;
  return RAY + x + rayMulHalfUp(x, x / 2n + rayMulHalfUp(x, x / 6n));
}
