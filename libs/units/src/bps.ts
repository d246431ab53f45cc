/** One, in hundredths of a per cent. */
export const BPS = 10_000n;

const HALF_BPS = BPS / 2n;

/**
 * A share of a value, `⌊(value·bps + 5,000) ÷ 10,000⌋`. Both non-negative.
 * Source: Aave v3 `PercentageMath.percentMul` (@aave/core-v3 1.19.3 and aave-v3-origin 3.6.0).
 */
export function bpsMulHalfUp(value: bigint, bps: bigint): bigint {
  return (value * bps + HALF_BPS) / BPS;
}

/** As `bpsMulHalfUp`, floored. Source: `PercentageMath.percentMulFloor` (aave-v3-origin 3.6.0). */
export function bpsMulFloor(value: bigint, bps: bigint): bigint {
  return (value * bps) / BPS;
}

/** As `bpsMulHalfUp`, rounded up. Source: `PercentageMath.percentMulCeil` (aave-v3-origin 3.6.0). */
export function bpsMulCeil(value: bigint, bps: bigint): bigint {
  return (value * bps + BPS - 1n) / BPS;
}

/**
 * The value of which `value` is the share `bps`, `⌊(value·10,000 + ⌊bps ÷ 2⌋) ÷ bps⌋`. Throws when `bps` is 0.
 * Source: Aave v3 `PercentageMath.percentDiv` (@aave/core-v3 1.19.3 and aave-v3-origin 3.6.0).
 */
export function bpsDivHalfUp(value: bigint, bps: bigint): bigint {
  return (value * BPS + bps / 2n) / bps;
}

/** As `bpsDivHalfUp`, rounded up. Source: `PercentageMath.percentDivCeil` (aave-v3-origin 3.6.0). */
export function bpsDivCeil(value: bigint, bps: bigint): bigint {
  return (value * BPS + bps - 1n) / bps;
}
