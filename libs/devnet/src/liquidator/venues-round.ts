import type { Hex } from 'viem';
import { freshen } from '../actions/freshen.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Devnet } from '../devnet.ts';
import type { Transaction } from '../evm/chain.ts';
import type { DueAccount } from './due-account.ts';
import type { AnyVenue, Moved } from '../venues/devnet-venue.ts';

/** Owners to ask about, by venue id. */
export type OwnersByVenue = ReadonlyMap<string, readonly Hex[]>;

/** Brings every venue up to date after a move of the feeds, and the feeds that have grown old while it waited. */
export async function followFeeds(devnet: Devnet, moved: Moved): Promise<void> {
  const transactions: Transaction[] = [];
  for (const venue of devnet.venues) transactions.push(...((await venue.follow?.(devnet, moved)) ?? []));
  if (transactions.length > 0) await devnet.chain.send(transactions, { mayFail: !moved.mayWait });
  if (moved.mayWait) await freshen(devnet, freshFeeds(devnet.venues));
}

/** Which accounts may be liquidated at the head, by venue; all at the same prices. */
export async function readDue(
  devnet: Devnet,
  owners: OwnersByVenue,
): Promise<Map<string, readonly DueAccount[]>> {
  const asked = devnet.venues.filter(({ id }) => (owners.get(id) ?? []).length > 0);
  await freshen(devnet, freshFeeds(asked));
  const due = new Map<string, readonly DueAccount[]>();
  for (const venue of asked) due.set(venue.id, await venue.due(devnet, owners.get(venue.id) ?? []));
  return due;
}

function freshFeeds(venues: readonly AnyVenue[]): AssetSymbol[] {
  return [...new Set(venues.flatMap(({ freshFeeds: feeds = [] }) => feeds))];
}
