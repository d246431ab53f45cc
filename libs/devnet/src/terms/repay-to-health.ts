import { BadDataError } from '@undertow/units';
import type { Hex } from 'viem';
import { inNoTime } from '../actions/time-travel.ts';
import type { Devnet } from '../devnet.ts';
import type { Healths } from './venue-loans.ts';

/** By venue id. */
export type HealthsByVenue = ReadonlyMap<string, Healths>;

/** How near to the line everybody is, at the venues where owners can pay back. */
export async function readHealth(devnet: Devnet): Promise<HealthsByVenue> {
  const healths = new Map<string, Healths>();
  for (const { id, loans } of devnet.venues) if (loans) healths.set(id, await loans.health(devnet));
  return healths;
}

/** A smaller fall of a health factor is not followed. */
const LEAST_FALL = 1e-6;

/**
 * Owners whose health factor is lower than it was pay back, until they stand as far from the line as before: of every debt the share
 * 1 − health factor now ÷ before. What changed may be terms or prices. No time passes.
 *
 * @param before what `readHealth` gave then.
 * @returns how many accounts paid back.
 */
export async function repayToHealth(devnet: Devnet, before: HealthsByVenue): Promise<number> {
  const now = await readHealth(devnet);
  let accounts = 0;
  for (const [id, healths] of now) {
    const shares = fallenShares(before.get(id) ?? NONE, healths);
    accounts += shares.size;
    await repayShares(devnet, id, shares);
  }
  return accounts;
}

/**
 * Owners pay back so much of each of their debts at a venue: a share above 0, at most 1. No time passes.
 *
 * @throws BadDataError for a venue that lends nothing.
 */
export async function repayShares(
  devnet: Devnet,
  id: string,
  shares: ReadonlyMap<Hex, number>,
): Promise<void> {
  const venue = devnet.venues.find((one) => one.id === id);
  if (!venue?.loans) throw new BadDataError(`nobody can pay back at ${id} on the local chain`);
  const transactions = await venue.loans.repay(devnet, shares);
  await inNoTime(devnet, () => devnet.chain.send(transactions));
}

const NONE: Healths = new Map();

function fallenShares(before: Healths, now: Healths): Map<Hex, number> {
  const shares = new Map<Hex, number>();
  for (const [owner, health] of now) {
    const share = 1 - health / (before.get(owner) ?? health);
    if (share > LEAST_FALL) shares.set(owner, share);
  }
  return shares;
}
