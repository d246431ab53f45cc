/** One in 18-decimal fixed point (Morpho's MathLib, Solmate). */
export const WAD = 10n ** 18n;

/** `x × y ÷ d`, rounded down. Not negative, `d` > 0; no overflow (MathLib.mulDivDown without the 256-bit bound). */
export function mulDivDown(x: bigint, y: bigint, d: bigint): bigint {
  return (x * y) / d;
}

/** `x × y ÷ d`, rounded up. Not negative, `d` > 0 (MathLib.mulDivUp). */
export function mulDivUp(x: bigint, y: bigint, d: bigint): bigint {
  return (x * y + (d - 1n)) / d;
}

/** `x × y` of two wads, rounded down (MathLib.wMulDown). */
export function wMulDown(x: bigint, y: bigint): bigint {
  return mulDivDown(x, y, WAD);
}

/** `x ÷ y` of two wads, rounded down; `y` > 0 (MathLib.wDivDown). */
export function wDivDown(x: bigint, y: bigint): bigint {
  return mulDivDown(x, WAD, y);
}

/** `x ÷ y` of two wads, rounded up; `y` > 0 (MathLib.wDivUp). */
export function wDivUp(x: bigint, y: bigint): bigint {
  return mulDivUp(x, WAD, y);
}

/**
 * First three terms of `e^(rate × seconds) − 1`, wad: compound interest of a rate per second (wad) over some
 * seconds, each term rounded down (MathLib.wTaylorCompounded).
 */
export function wTaylorCompoundedDown(ratePerSecondWad: bigint, seconds: bigint): bigint {
  const first = ratePerSecondWad * seconds;
  const second = mulDivDown(first, first, 2n * WAD);
  const third = mulDivDown(second, first, 3n * WAD);
  return first + second + third;
}

/** `x − y`, or zero when that would be negative (UtilsLib.zeroFloorSub). */
export function subFloorZero(x: bigint, y: bigint): bigint {
  return x > y ? x - y : 0n;
}

/** The smaller of two integers. */
export function minBigint(x: bigint, y: bigint): bigint {
  return x < y ? x : y;
}

/** The larger of two integers. */
export function maxBigint(x: bigint, y: bigint): bigint {
  return x > y ? x : y;
}
