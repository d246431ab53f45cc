import type { Random } from './seeded-random.ts';

/** Value of the collateral of a position: log-normal, USD. The mean is about 36,000 USD. */
const SIZE = { medianUsd: 20_000, sigma: 1.1, minUsd: 500, maxUsd: 3_000_000 };

/** Health factors at the start: many near the line, few far from it. */
const HEALTH = { min: 1.02, max: 3, skew: 1.7 };

/** Value of the collateral of a planned position, USD. */
export function planSizeUsd(random: Random): number {
  const { medianUsd, sigma, minUsd, maxUsd } = SIZE;
  return Math.min(maxUsd, Math.max(minUsd, medianUsd * Math.exp(sigma * random.normal())));
}

/** Health factor of a planned position: 1 is the line. */
export function planHealth(random: Random): number {
  return HEALTH.min + (HEALTH.max - HEALTH.min) * random.uniform() ** HEALTH.skew;
}
