import { assert } from '@undertow/units';

/**
 * Natural logarithm of a wad above 0, wad, by a rational approximation in binary fixed point; the error is within one
 * unit. Source: `FixedPointMathLib.ln` (R. Bloemen), with its constants.
 */
export function lnWad(xWad: bigint): bigint {
  assert(xWad > 0n, 'the logarithm of a number that is not positive');
  const k = BigInt(bitLength(xWad) - 1) - 96n;
  const x = (xWad << (159n - k)) >> 159n;
  let p = x + 3273285459638523848632254066296n;
  p = ((p * x) >> 96n) + 24828157081833163892658089445524n;
  p = ((p * x) >> 96n) + 43456485725739037958740375743393n;
  p = ((p * x) >> 96n) - 11111509109440967052023855526967n;
  p = ((p * x) >> 96n) - 45023709667254063763336534515857n;
  p = ((p * x) >> 96n) - 14706773417378608786704636184526n;
  p = p * x - (795164235651350426258249787498n << 96n);
  let q = x + 5573035233440673466300451813936n;
  q = ((q * x) >> 96n) + 71694874799317883764090561454958n;
  q = ((q * x) >> 96n) + 283447036172924575727196451306956n;
  q = ((q * x) >> 96n) + 401686690394027663651624208769553n;
  q = ((q * x) >> 96n) + 204048457590392012362485061816622n;
  q = ((q * x) >> 96n) + 31853899698501571402653359427138n;
  q = ((q * x) >> 96n) + 909429971244387300277376558375n;
  let r = (p / q) * 1677202110996718588342820967067443963516166n;
  r += 16597577552685614221487285958193947469193820559219878177908093499208371n * k;
  r += 600920179829731861736702779321621459595472258049074101567377883020018308n;
  return r >> 174n;
}

/** Below this the result is less than half a unit, so zero. */
const LEAST_EXPONENT = -42139678854452767551n;
/** From here on the result does not fit a signed word, and the contract reverts. */
const END_OF_EXPONENTS = 135305999368893231589n;

/**
 * e to the power of a wad, wad, by a rational approximation in binary fixed point; 0 far below zero. Source:
 * `FixedPointMathLib.exp` (R. Bloemen), with its constants.
 */
export function expWad(xWad: bigint): bigint {
  if (xWad <= LEAST_EXPONENT) return 0n;
  assert(xWad < END_OF_EXPONENTS, 'an exponent beyond what the contract can hold');
  let x = (xWad << 78n) / 3814697265625n;
  const k = ((x << 96n) / 54916777467707473351141471128n + 39614081257132168796771975168n) >> 96n;
  x -= k * 54916777467707473351141471128n;
  let p = x + 2772001395605857295435445496992n;
  p = ((p * x) >> 96n) + 44335888930127919016834873520032n;
  p = ((p * x) >> 96n) + 398888492587501845352592340339721n;
  p = ((p * x) >> 96n) + 1993839819670624470859228494792842n;
  p = p * x + (4385272521454847904632057985693276n << 96n);
  let z = x + 750530180792738023273180420736n;
  z = ((z * x) >> 96n) + 32788456221302202726307501949080n;
  let w = x - 2218138959503481824038194425854n;
  w = ((w * z) >> 96n) + 892943633302991980437332862907700n;
  let q = z + w - 78174809823045304726920794422040n;
  q = ((q * w) >> 96n) + 4203224763890128580604056984195872n;
  return ((p / q) * 3822833074963236453042738258902158003155416615667n) >> (195n - k);
}

/** Number of binary digits of a positive integer. */
function bitLength(x: bigint): number {
  const hex = x.toString(16);
  return 4 * hex.length - (Math.clz32(parseInt(hex[0]!, 16)) - 28);
}
