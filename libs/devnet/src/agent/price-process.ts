import type { Random } from '../accounts/seeded-random.ts';
import { listingOf, type AssetSymbol } from '../deploy/listing.ts';

/** Assets whose market price moves. */
export const VOLATILE: readonly AssetSymbol[] = ['WETH', 'WBTC', 'LINK'];

/**
 * In a tick an asset moves with this probability: every trade stays in the chain's memory for ever. Standard deviations
 * of the common and of the own part of the logarithm of a move, and its pull back to the listed price: a stationary
 * spread of about 6 % without jumps, so that hours of ticks stay in a band.
 */
const PROCESS = { moves: 0.5, commonSigma: 0.005, ownSigma: 0.002, pull: 0.004 };

/** Rare moves of all assets at once, more often and more strongly down. */
const JUMP = { probability: 0.006, downShare: 0.65, downMean: 0.035, upMean: 0.02, max: 0.08 };

/** How much of the common move each asset takes. */
const BETA: Readonly<Partial<Record<AssetSymbol, number>>> = { WETH: 1, WBTC: 0.8, LINK: 1.3 };

/** Prices stay within these multiples of the listed price whatever happens. */
const BAND = { low: 0.7, high: 1.4 };

/**
 * The next market prices: geometric Brownian motion with a pull to the listed price and occasional jumps. Follows from
 * the present prices and the random stream alone.
 */
export function nextPrices(
  prices: ReadonlyMap<AssetSymbol, number>,
  random: Random,
): Map<AssetSymbol, number> {
  const jumped = jump(random);
  const common = random.normal() * PROCESS.commonSigma + jumped;
  return new Map(
    [...prices].map(([symbol, price]) => {
      const { priceUsd } = listingOf(symbol);
      const [moves, own] = [random.uniform() < PROCESS.moves, random.normal() * PROCESS.ownSigma];
      if (!moves && jumped === 0) return [symbol, price];
      const pull = PROCESS.pull * Math.log(priceUsd / price);
      const next = price * Math.exp((BETA[symbol] ?? 1) * common + own + pull);
      return [symbol, Math.min(priceUsd * BAND.high, Math.max(priceUsd * BAND.low, next))];
    }),
  );
}

function jump(random: Random): number {
  // Both numbers are drawn always, so that the stream does not depend on the outcome.
  const [happens, direction, size] = [random.uniform(), random.uniform(), -Math.log(1 - random.uniform())];
  if (happens >= JUMP.probability) return 0;
  const down = direction < JUMP.downShare;
  return (down ? -1 : 1) * Math.min(JUMP.max, size * (down ? JUMP.downMean : JUMP.upMean));
}
