/**
 * Fixed-point arithmetic of the option contracts: 18 decimals ("decimal", wad) and 27 ("precise"). Rounding functions
 * divide to one digit more and round that digit half away from zero, so a value just below a half may be rounded down
 * twice. Source: `DecimalMath` and `SignedDecimalMath` (Synthetix, as Lyra carries them).
 */
const UNIT = 10n ** 18n;
const PRECISE_UNIT = 10n ** 27n;
const PRECISE_PER_DECIMAL = 10n ** 9n;
/** Ten times and a tenth of the units, by which rounding functions multiply and divide. */
const UNIT_TEN = UNIT * 10n;
const PRECISE_TEN = PRECISE_UNIT * 10n;
const PRECISE_TENTH = PRECISE_UNIT / 10n;
const PRECISE_PER_DECIMAL_TENTH = PRECISE_PER_DECIMAL / 10n;

/** `x × y` of two wads, towards zero. `multiplyDecimal`. */
export const mulWad = (x: bigint, y: bigint): bigint => (x * y) / UNIT;

/** `x ÷ y` of two wads, towards zero; `y` ≠ 0. `divideDecimal`. */
export const divWad = (x: bigint, y: bigint): bigint => (x * UNIT) / y;

/** `x ÷ y` of two wads, to the nearest; `y` ≠ 0. `divideDecimalRound`. */
export const divWadRound = (x: bigint, y: bigint): bigint => roundTenth((x * UNIT_TEN) / y);

/** `x × y` of two precise numbers, to the nearest. `multiplyDecimalRoundPrecise`. */
export const mulPreciseRound = (x: bigint, y: bigint): bigint => roundTenth((x * y) / PRECISE_TENTH);

/** `x ÷ y` of two precise numbers, to the nearest; `y` ≠ 0. `divideDecimalRoundPrecise`. */
export const divPreciseRound = (x: bigint, y: bigint): bigint => roundTenth((x * PRECISE_TEN) / y);

/** A wad as a precise number. `decimalToPreciseDecimal`. */
export const wadToPrecise = (x: bigint): bigint => x * PRECISE_PER_DECIMAL;

/** A precise number as a wad, to the nearest. `preciseDecimalToDecimal`. */
export const preciseToWadRound = (x: bigint): bigint => roundTenth(x / PRECISE_PER_DECIMAL_TENTH);

/** A tenth of a number, half away from zero. `_roundDividingByTen`. */
function roundTenth(x: bigint): bigint {
  const digit = x % 10n;
  if (digit >= 5n) return (x + 10n) / 10n;
  return digit <= -5n ? (x - 10n) / 10n : x / 10n;
}
