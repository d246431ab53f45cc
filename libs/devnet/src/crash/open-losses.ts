import { readPrices } from '../actions/post-prices.ts';
import type { Devnet } from '../devnet.ts';
import type { DueAccount } from '../liquidator/due-account.ts';
import { poolPrices } from './move-markets.ts';

/** What is not realised at the end of a crash. */
export interface OpenLosses {
  /** Of accounts still open: debt above what their collateral is worth at market prices, USD. */
  readonly shortfallUsd: number;
  /** What accounts owe that are due and that nobody liquidates, USD at market prices. */
  readonly stuckUsd: number;
  readonly stuckAccounts: number;
}

/** By venue. Market prices are those of the pools; what has none is worth what its feed says. */
export async function readOpenLosses(
  devnet: Devnet,
  due: ReadonlyMap<string, readonly DueAccount[]>,
): Promise<Map<string, OpenLosses>> {
  const prices = new Map([...(await readPrices(devnet)), ...(await poolPrices(devnet))]);
  const losses = new Map<string, OpenLosses>();
  for (const venue of devnet.venues) {
    const accounts = await venue.openAccounts(devnet, prices);
    const names = new Set((due.get(venue.id) ?? []).map(({ owner, market }) => `${owner} ${market}`));
    const stuck = accounts.filter(({ owner, market }) => names.has(`${owner} ${market}`));
    losses.set(venue.id, {
      shortfallUsd: accounts.reduce((sum, { equityUsd }) => sum + Math.max(0, -equityUsd), 0),
      stuckUsd: stuck.reduce((sum, { debtUsd }) => sum + debtUsd, 0),
      stuckAccounts: stuck.length,
    });
  }
  return losses;
}
