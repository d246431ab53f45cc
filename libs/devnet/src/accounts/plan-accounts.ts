import { keccak256, toHex, type Hex } from 'viem';
import type { Planned } from '../venues/devnet-venue.ts';
import { VENUE_KEYS, VENUES, type VenueKey, type VenuePlans } from '../venues/index.ts';
import { seededRandom } from './seeded-random.ts';

/** Who holds what at the start. */
export interface DevnetPlan {
  readonly owners: readonly Hex[];
  /** By venue: the owners who use it, with their positions; none at a venue that is left out. */
  readonly venues: PlannedByVenue;
}

type PlannedByVenue = { readonly [Key in VenueKey]: readonly Planned<VenuePlans[Key]>[] };

export interface PlanOptions {
  readonly seed: number;
  /** Number of owners. */
  readonly accounts: number;
  /** Default: all. */
  readonly venues?: readonly VenueKey[];
}

/**
 * The positions of all owners. Follows from the arguments alone: owner n is the same whatever the number of owners, and
 * the plan of a venue is the same whatever the others are. Each venue draws for each owner whether it is used, so the
 * same owners recur over venues.
 */
export function planAccounts({ seed, accounts, venues = VENUE_KEYS }: PlanOptions): DevnetPlan {
  const owners = Array.from({ length: accounts }, (_, index) => ownerAddress(seed, index));
  const planned = VENUE_KEYS.map((key) => [key, venues.includes(key) ? planVenue(key, seed, owners) : []]);
  return { owners, venues: Object.fromEntries(planned) as PlannedByVenue };
}

/** Address of the n-th owner of a seed. Nobody has its key. */
export function ownerAddress(seed: number, index: number): Hex {
  return keccak256(toHex(`undertow devnet owner ${seed} ${index}`)).slice(0, 42) as Hex;
}

function planVenue<Key extends VenueKey>(
  key: Key,
  seed: number,
  owners: readonly Hex[],
): Planned<VenuePlans[Key]>[] {
  const venue = VENUES[key];
  return owners.flatMap((owner, index) => {
    const plan = venue.plan(seededRandom(seed, index, venue.id), index);
    return plan === undefined ? [] : [{ owner, plan }];
  });
}
