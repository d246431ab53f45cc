import type { Hex } from 'viem';
import type { Random } from '../accounts/seeded-random.ts';
import { listingOf, rawUnits, type AssetSymbol } from '../deploy/listing.ts';
import type { Transaction } from '../evm/chain.ts';
import type { VenueScene } from '../venues/venue-scene.ts';

export type OwnerActionKind = 'open' | 'topUp' | 'borrow' | 'repay' | 'close';

/** Something that an owner does on its own account. */
export interface OwnerAction {
  readonly kind: OwnerActionKind;
  readonly owner: Hex;
  readonly transactions: readonly Transaction[];
}

/** Positions above this value neither borrow nor add more, so that hours of trading do not grow them without end. */
export const LARGEST_POSITION_USD = 3_000_000;

/** Health below which an owner defends the position, and above which it borrows more. */
export const COMFORT = { low: 1.25, high: 1.9 };

/** What an owner's action depends on besides its position. */
export interface Circumstances {
  readonly devnet: VenueScene;
  readonly random: Random;
  /** Oracle prices at which the action will be judged. */
  readonly pricesUsd: ReadonlyMap<AssetSymbol, number>;
}

/**
 * What an owner with this health factor does: mostly keeps it comfortable, sometimes leaves, sometimes is careless.
 */
export function chooseAction(health: number, valueUsd: number, random: Random): OwnerActionKind | undefined {
  const [mood, other] = [random.uniform(), random.uniform()];
  if (health === Infinity) return mood < 0.2 ? 'open' : undefined;
  if (mood < 0.08) return 'close';
  if (health < COMFORT.low)
    return mood < 0.5 ? (valueUsd < LARGEST_POSITION_USD ? 'topUp' : 'repay') : 'repay';
  if (health > COMFORT.high) return valueUsd < LARGEST_POSITION_USD && other < 0.8 ? 'borrow' : undefined;
  return other < 0.4 ? 'repay' : other < 0.7 && valueUsd < LARGEST_POSITION_USD ? 'borrow' : undefined;
}

/** Value of the collateral of a new position, USD: log-normal around 15,000, at most a million. */
export function newPositionUsd(random: Random): number {
  return Math.min(1_000_000, 15_000 * Math.exp(random.normal()));
}

/**
 * Debt of a new position as a share of the most that it may borrow: often careful, sometimes at the limit, so that
 * there is always somebody whom a small fall liquidates.
 */
export function newPositionUse(random: Random): number {
  const [careless, where] = [random.uniform() < 0.4, random.uniform()];
  return careless ? 0.94 + 0.055 * where : 0.35 + 0.45 * where;
}

/** Raw units of an asset worth an amount of USD. */
export function unitsWorth({ pricesUsd }: Circumstances, symbol: AssetSymbol, valueUsd: number): bigint {
  return rawUnits(symbol, valueUsd / (pricesUsd.get(symbol) ?? listingOf(symbol).priceUsd));
}
