import type { Hex } from 'viem';
import type { Random } from '../accounts/seeded-random.ts';
import type { Devnet } from '../devnet.ts';
import type { AnyVenue } from '../venues/devnet-venue.ts';

/** An owner, and the venue at which it may do something. */
export interface Turn {
  readonly owner: Hex;
  readonly venue: AnyVenue;
}

/** Whose turn it is, and where, chosen by the random stream; `undefined` on a chain without owners or venues. */
export function chooseTurn({ owners, venues }: Devnet, random: Random): Turn | undefined {
  const owner = owners[Math.floor(random.uniform() * owners.length)];
  const venue = venues[Math.floor(random.uniform() * venues.length)];
  return owner && venue ? { owner, venue } : undefined;
}
