import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import type { OwnersByVenue } from '../liquidator/venues-round.ts';
import type { PricesUsd } from '../venues/devnet-venue.ts';

/**
 * Venues name the accounts that a move of about 10 % takes over the line; a move of at most this on both sides of a
 * position takes no other over it.
 */
const REFRESH_AFTER = 0.05;

/** Which accounts are asked about after a feed has moved, so that not all of them are. */
export interface WatchList {
  /** Reads all accounts when the prices have moved since the last time, and none otherwise. */
  candidates(pricesUsd: PricesUsd): Promise<OwnersByVenue>;
  /** Watches an owner whose position at a venue has changed. */
  add(venue: string, owner: Hex): void;
}

export function openWatchList(devnet: Devnet): WatchList {
  let readAt: PricesUsd | undefined;
  let near = new Map<string, Set<Hex>>();
  const hasMoved = (pricesUsd: PricesUsd) =>
    [...pricesUsd].some(
      ([symbol, price]) => Math.abs(price / (readAt?.get(symbol) ?? 0) - 1) > REFRESH_AFTER,
    );
  return {
    async candidates(pricesUsd) {
      if (!readAt || hasMoved(pricesUsd)) {
        const read = new Map<string, Set<Hex>>();
        for (const venue of devnet.venues)
          read.set(venue.id, new Set(await venue.near(devnet, devnet.owners)));
        near = read;
        readAt = new Map(pricesUsd);
      }
      return new Map([...near].map(([venue, owners]) => [venue, [...owners]]));
    },
    add(venue, owner) {
      near.get(venue)?.add(owner);
    },
  };
}
