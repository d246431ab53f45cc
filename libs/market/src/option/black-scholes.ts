import { divPreciseRound, mulPreciseRound, preciseToWadRound, wadToPrecise } from './decimal.ts';
import { expWad, lnWad } from './exponential.ts';

/** What an option is priced by. */
export interface PricingInput {
  readonly secondsToExpiry: bigint;
  /** Implied volatility per year, wad. */
  readonly volatilityWad: bigint;
  /** Price of the underlying, wad; above 0. */
  readonly spotWad: bigint;
  readonly strikePriceWad: bigint;
  /** Interest and cost of carry per year, wad. */
  readonly rateWad: bigint;
}

/** Values of a call and a put, wad. */
export interface OptionValues {
  readonly callWad: bigint;
  readonly putWad: bigint;
}

const SECONDS_PER_YEAR = 31_536_000n;
const PRECISE_UNIT = 10n ** 27n;
const PRECISE_PER_WAD = 10n ** 9n;
const SQRT_TWO_PI = 2506628274631000502415765285n;
/** A year's share and a volatility below which the formula breaks: one second, and 0.01 %. */
const LEAST_YEARS = PRECISE_UNIT / SECONDS_PER_YEAR;
const LEAST_VOLATILITY = PRECISE_UNIT / 10_000n;
/** Where the approximation of the normal distribution changes its form: 10 ÷ √2. */
const SPLIT = 7071067811865470000000000000n;
const NUMERATOR = [
  ...[35262496599891100000000000n, 700383064443688000000000000n, 6373962203531650000000000000n],
  ...[33912866078383000000000000000n, 112079291497871000000000000000n, 221213596169931000000000000000n],
  220206867912376000000000000000n,
];
const DENOMINATOR = [
  ...[88388347648318400000000000n, 1755667163182640000000000000n, 16064177579207000000000000000n],
  ...[86780732202946100000000000000n, 296564248779674000000000000000n, 637333633378831000000000000000n],
  ...[793826512519948000000000000000n, 440413735824752000000000000000n],
];

/**
 * Black–Scholes values of a call and a put: `call = spot·N(d₁) − strike·e^(−rate·t)·N(d₂)`, not below zero, and the put
 * from it by parity. 27 decimals inside, rounded to 18 at the end. Source: `BlackScholes.optionPrices`.
 */
export function optionValues(input: PricingInput): OptionValues {
  const { years, spot, strike, rate } = precise(input);
  const { d1, d2 } = distances(input);
  const strikeNow = mulPreciseRound(strike, expPrecise(-mulPreciseRound(rate, years)));
  const held = mulPreciseRound(spot, normalDistribution(d1));
  const owed = mulPreciseRound(strikeNow, normalDistribution(d2));
  const call = owed <= held ? held - owed : 0n;
  const put = call + strikeNow;
  return {
    callWad: preciseToWadRound(call),
    putWad: preciseToWadRound(spot <= put ? put - spot : 0n),
  };
}

/** Change of an option's value per unit of volatility (1 = 100 %), wad. Source: `BlackScholes.vega`. */
export function optionVegaWad(input: PricingInput): bigint {
  const { years, spot } = precise(input);
  const { d1 } = distances(input);
  const density = divPreciseRound(expPrecise(-mulPreciseRound(d1, d1 / 2n)), SQRT_TWO_PI);
  return preciseToWadRound(mulPreciseRound(sqrtPrecise(years), mulPreciseRound(density, spot)));
}

function precise({ secondsToExpiry, spotWad, strikePriceWad, rateWad }: PricingInput) {
  return {
    years: divPreciseRound(secondsToExpiry, SECONDS_PER_YEAR),
    spot: wadToPrecise(spotWad),
    strike: wadToPrecise(strikePriceWad),
    rate: wadToPrecise(rateWad),
  };
}

/** d₁ and d₂ of the formula, precise. `BlackScholes._d1d2`. */
function distances(input: PricingInput): { readonly d1: bigint; readonly d2: bigint } {
  const { years: t, spot, strike, rate } = precise(input);
  const vol = wadToPrecise(input.volatilityWad);
  const years = t < LEAST_YEARS ? LEAST_YEARS : t;
  const volatility = vol < LEAST_VOLATILITY ? LEAST_VOLATILITY : vol;
  const deviation = mulPreciseRound(volatility, sqrtPrecise(years));
  const log = lnPrecise(divPreciseRound(spot, strike));
  const drift = mulPreciseRound(mulPreciseRound(volatility, volatility) / 2n + rate, years);
  const d1 = divPreciseRound(log + drift, deviation);
  return { d1, d2: d1 - deviation };
}

/** The nine digits beyond a wad are lost. `FixedPointMathLib.lnPrecise`, `expPrecise`. */
const lnPrecise = (x: bigint): bigint => lnWad(x / PRECISE_PER_WAD) * PRECISE_PER_WAD;
const expPrecise = (x: bigint): bigint => expWad(x / PRECISE_PER_WAD) * PRECISE_PER_WAD;

/** Share of the standard normal distribution below a value, precise. `BlackScholes._stdNormalCDF`. */
function normalDistribution(x: bigint): bigint {
  const z = x < 0n ? -x : x;
  const tail = z <= 37n * PRECISE_UNIT ? upperTail(z) : 0n;
  return x <= 0n ? tail : PRECISE_UNIT - tail;
}

function upperTail(z: bigint): bigint {
  const e = expPrecise(-mulPreciseRound(z, z / 2n));
  if (z < SPLIT) {
    return mulPreciseRound(divPreciseRound(polynomial(NUMERATOR, z), polynomial(DENOMINATOR, z)), e);
  }
  let fraction = z + (PRECISE_UNIT * 13n) / 20n;
  for (const part of [4n, 3n, 2n, 1n]) fraction = z + divPreciseRound(part * PRECISE_UNIT, fraction);
  return divPreciseRound(e, mulPreciseRound(fraction, SQRT_TWO_PI));
}

/** Highest power first; each product is rounded down. */
function polynomial(coefficients: readonly bigint[], z: bigint): bigint {
  return coefficients.reduce((sum, coefficient) => (sum * z) / PRECISE_UNIT + coefficient, 0n);
}

const HALVINGS = [128n, 64n, 32n, 16n, 8n, 4n];

const sqrtPrecise = (x: bigint): bigint => sqrtDown(x * PRECISE_UNIT);

/**
 * Square root, rounded down, by seven steps of the Babylonian method from a power of two. `BlackScholes._sqrt`, which
 * relies on seven being enough; so does this.
 */
function sqrtDown(x: bigint): bigint {
  if (x === 0n) return 0n;
  let rest = x;
  let root = 1n;
  for (const bits of HALVINGS) {
    if (rest >> bits === 0n) continue;
    rest >>= bits;
    root <<= bits >> 1n;
  }
  if (rest >= 8n) root <<= 1n;
  for (let step = 0; step < 7; step++) root = (root + x / root) >> 1n;
  const other = x / root;
  return root >= other ? other : root;
}
