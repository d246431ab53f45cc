import { valueAccount, type AccountRow } from '@undertow/book';
import { claimsOf } from '../due.ts';
import type { Claim, Offer, Refusal } from '../kernel.ts';
import type { Market } from '../market/market.ts';
import type { StuckReason } from '../result.ts';
import { viewOf, type State, type View } from '../state.ts';
import type { World } from '../world.ts';

/** One account that is due at the end of a run and that nobody liquidates. */
export interface StuckAccount {
  readonly account: AccountRow;
  readonly reason: StuckReason;
  /** What it owes, at the venue's oracle prices. */
  readonly debtUsd: number;
}

/**
 * Everybody who is due at a state in which nobody acts, with the reason. Who has no collateral left is not stuck but lost.
 *
 * @param among as `claimsOf` takes it.
 */
export function stuckAccounts(
  { book, market }: World,
  state: State,
  among?: readonly AccountRow[],
): StuckAccount[] {
  const view = viewOf(book, state);
  const found = new Map<AccountRow, StuckAccount>();
  for (const claim of claimsOf(view, among)) {
    const reason = reasonOf(market, view, claim);
    if (reason === undefined) continue;
    for (const account of claim.accounts)
      if (!found.has(account)) found.set(account, { account, reason, debtUsd: debtOf(view, account) });
  }
  return [...found.values()];
}

const debtOf = (view: View, account: AccountRow) => valueAccount(view, account).debtUsd;

/** Why a claim that is there at the end was not acted on; undefined where there is nothing left to take. */
export function reasonOf(market: Market, view: View, claim: Claim): StuckReason | undefined {
  const offers: readonly Offer[] | Refusal = claim.offers(view);
  if (offers === 'no-collateral' || offers.length === 0) return undefined;
  if (typeof offers === 'string') return offers as Exclude<Refusal, 'no-collateral'>;
  const hasMarket = (offer: Offer) => offer.flows.every(({ asset }) => market.isTradable[asset]);
  return offers.some(hasMarket) ? 'no-profit' : 'no-market';
}
