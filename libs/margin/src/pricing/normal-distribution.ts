/**
 * Share of the standard normal distribution below `x`: ½·erfc(−x ÷ √2). Its relative error stays below 2e-15 down to
 * x = −37, where the share is 6e-300, so that small prices of far options are right in their digits too. 0 and 1 at the
 * infinities. Source: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969).
 */
export function normalDistribution(x: number): number {
  const size = Math.abs(x) * Math.SQRT1_2;
  if (size <= SMALL) return 0.5 + 0.5 * x * Math.SQRT1_2 * errorRatio(size * size);
  const tail = size < Infinity ? 0.5 * bell(x, 0.5) * scaledTail(size) : 0;
  return x < 0 ? tail : 1 - tail;
}

/** Density of the standard normal distribution at `x`: e^(−x² ÷ 2) ÷ √(2π); 0 at the infinities. */
export function normalDensity(x: number): number {
  return Math.abs(x) < Infinity ? bell(x, 0.5) * INVERSE_SQRT_TWO_PI : 0;
}

/**
 * erfc(x)·e^(x²), where erfc(x) = 2 ÷ √π · ∫ from x of e^(−t²): what erfc is made of without the part that vanishes.
 * Grows as 2·e^(x²) below zero: `Infinity` from −26.7 on down.
 */
export function scaledComplementaryError(x: number): number {
  if (Math.abs(x) <= SMALL) return Math.exp(x * x) * (1 - x * errorRatio(x * x));
  return x > 0 ? scaledTail(x) : 2 / bell(x, 1) - scaledTail(-x);
}

/** 1 ÷ √(2π). */
export const INVERSE_SQRT_TWO_PI = 0.3989422804014327;
/** 1 ÷ √π. */
const INVERSE_SQRT_PI = 0.5641895835477563;

/** Where the approximations meet. */
const SMALL = 0.46875;
const LARGE = 4;

/** Coefficients of Cody's three approximations, highest power first; of denominators 1 comes before. */
const NEAR_NUMERATOR = [
  ...[1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2],
  3.20937758913846947e3,
];
const NEAR_DENOMINATOR = [
  ...[1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3],
];
const MIDDLE_NUMERATOR = [
  ...[2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1],
  ...[2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3],
  1.23033935479799725e3,
];
const MIDDLE_DENOMINATOR = [
  ...[1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3],
  ...[3.29079923573346963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3],
];
const FAR_NUMERATOR = [
  ...[1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1],
  ...[1.60837851487422766e-2, 6.58749161529837803e-4],
];
const FAR_DENOMINATOR = [
  ...[1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2],
  2.33520497626869185e-3,
];

/** erf(x) ÷ x for |x| up to `SMALL`, of x². */
function errorRatio(square: number): number {
  return polynomial(NEAR_NUMERATOR, square) / polynomial(NEAR_DENOMINATOR, square);
}

/** erfc(x)·e^(x²) for x above `SMALL`. */
function scaledTail(x: number): number {
  if (x <= LARGE) return polynomial(MIDDLE_NUMERATOR, x) / polynomial(MIDDLE_DENOMINATOR, x);
  const square = 1 / (x * x);
  const ratio = (square * polynomial(FAR_NUMERATOR, square)) / polynomial(FAR_DENOMINATOR, square);
  return (INVERSE_SQRT_PI - ratio) / x;
}

/** e^(−scale·x²): x² loses digits where it is large, so a part of x whose square is exact is taken first. */
function bell(x: number, scale: number): number {
  const rounded = Math.trunc(x * 16) / 16;
  return Math.exp(-scale * rounded * rounded) * Math.exp(-scale * (x - rounded) * (x + rounded));
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
