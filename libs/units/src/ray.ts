/** One, in 27 decimals. */
export const RAY = 10n ** 27n;

const HALF_RAY = RAY / 2n;

/**
 * Product of a number and a ray, `⌊(a·b + ½·10²⁷) ÷ 10²⁷⌋`, in the unit of `a`. Both non-negative.
 * Source: Aave v3 `WadRayMath.rayMul` (@aave/core-v3 1.19.3 and aave-v3-origin 3.6.0).
 */
export function rayMulHalfUp(a: bigint, b: bigint): bigint {
  return (a * b + HALF_RAY) / RAY;
}

/** As `rayMulHalfUp`, floored. Source: `WadRayMath.rayMulFloor` (aave-v3-origin 3.6.0). */
export function rayMulFloor(a: bigint, b: bigint): bigint {
  return (a * b) / RAY;
}

/** As `rayMulHalfUp`, rounded up. Source: `WadRayMath.rayMulCeil` (aave-v3-origin 3.6.0). */
export function rayMulCeil(a: bigint, b: bigint): bigint {
  return (a * b + RAY - 1n) / RAY;
}

/**
 * Quotient of a number and a ray, `⌊(a·10²⁷ + ⌊b ÷ 2⌋) ÷ b⌋`, in the unit of `a`. Throws when `b` is 0.
 * Source: Aave v3 `WadRayMath.rayDiv` (@aave/core-v3 1.19.3 and aave-v3-origin 3.6.0).
 */
export function rayDivHalfUp(a: bigint, b: bigint): bigint {
  return (a * RAY + b / 2n) / b;
}

/** As `rayDivHalfUp`, floored. Source: `WadRayMath.rayDivFloor` (aave-v3-origin 3.6.0). */
export function rayDivFloor(a: bigint, b: bigint): bigint {
  return (a * RAY) / b;
}

/** As `rayDivHalfUp`, rounded up. Source: `WadRayMath.rayDivCeil` (aave-v3-origin 3.6.0). */
export function rayDivCeil(a: bigint, b: bigint): bigint {
  return (a * RAY + b - 1n) / b;
}
