import { WAD } from './wad.ts';

/**
 * Quotient of two numbers of one unit as a wad, `⌊(a·10¹⁸ + ⌊b ÷ 2⌋) ÷ b⌋`. Throws when `b` is 0.
 * Source: Aave v3 `WadRayMath.wadDiv` (@aave/core-v3 1.19.3 and aave-v3-origin 3.6.0).
 */
export function wadDivHalfUp(a: bigint, b: bigint): bigint {
  return (a * WAD + b / 2n) / b;
}
