/** A volatility at a moneyness (strike ÷ forward), and its slope by log-moneyness. */
export interface TurnedPoint {
  readonly moneyness: number;
  readonly volatility: number;
  readonly turn: number;
}

interface Curve {
  readonly value: number;
  /** First and second derivative by log-moneyness. */
  readonly slope: number;
  readonly bend: number;
}

/** The cubic through two volatilities with the given slopes, at a log-moneyness. */
export function smoothVolatility(from: TurnedPoint, to: TurnedPoint, log: number): Curve {
  const start = Math.log(from.moneyness);
  const length = Math.log(to.moneyness) - start;
  const u = (log - start) / length;
  const rise = to.volatility - from.volatility;
  const first = from.turn * length;
  // v = v₀ + first·u + a·u² + b·u³
  const a = 3 * rise - 2 * first - to.turn * length;
  const b = first + to.turn * length - 2 * rise;
  return {
    value: from.volatility + u * (first + u * (a + u * b)),
    slope: (first + u * (2 * a + 3 * u * b)) / length,
    bend: (2 * a + 6 * b * u) / (length * length),
  };
}

/** Places within a segment at which it is looked at; between them the curve is too smooth to hide anything. */
const LOOKS = 48;

/**
 * Whether the cubic between two points is a smile that prices can have: no butterfly costs less than nothing, which is
 * that `g = (1 − k·w′ ÷ 2w)² − w′² ÷ 4 · (1 ÷ w + ¼) + w″ ÷ 2` is nowhere negative, where `w = σ²t` at log-moneyness k.
 * Source: V. Durrleman, From implied to spot volatilities (2003); J. Gatheral and A. Jacquier, Arbitrage-free SVI
 * volatility surfaces (2014), lemma 2.2.
 */
export function isDensity(from: TurnedPoint, to: TurnedPoint, years: number): boolean {
  const [start, end] = [Math.log(from.moneyness), Math.log(to.moneyness)];
  for (let look = 0; look <= LOOKS; look++) {
    const log = start + ((end - start) * look) / LOOKS;
    const { value, slope, bend } = smoothVolatility(from, to, log);
    if (value <= 0) return false;
    const w = value * value * years;
    const w1 = 2 * value * slope * years;
    const w2 = 2 * (slope * slope + value * bend) * years;
    const g = (1 - (log * w1) / (2 * w)) ** 2 - ((w1 * w1) / 4) * (1 / w + 0.25) + w2 / 2;
    if (g < LEAST_DENSITY) return false;
  }
  return true;
}

/** Above 0 by more than what the curve may do between two looks. */
const LEAST_DENSITY = 1e-4;
