import { emptyPairTotals, type Address, type LiquidityChanged } from '@undertow/market';
import { RAY } from '@undertow/units';
import type { Ledger, LedgerAccount, LedgerLeg, LedgerMarket, LedgerPool, LedgerVenue } from './ledger.ts';

// Where in a ledger a fact belongs: the place is made when it is not there yet.

type AtVenue = { readonly venue: string };
type AtMarket = AtVenue & { readonly market: string };
type OfOwner = AtVenue & { readonly owner: Address };

export const venueOf = (ledger: Ledger, { venue }: AtVenue): LedgerVenue =>
  found(ledger.venues, venue, () => ({
    markets: new Map(),
    accounts: new Map(),
    funds: new Map(),
    holdings: new Map(),
  }));

export const marketOf = (ledger: Ledger, fact: AtMarket): LedgerMarket =>
  found(venueOf(ledger, fact).markets, fact.market, emptyMarket);

/** An account to be changed: one that a fork may hold too is copied first. */
export function accountOf(ledger: Ledger, fact: OfOwner): LedgerAccount {
  const { accounts } = venueOf(ledger, fact);
  const known = accounts.get(fact.owner);
  if (known && (ledger.own === undefined || ledger.own.has(known))) return known;
  const account = known ? copyAccount(known) : { category: 0, legs: new Map(), positions: new Map() };
  accounts.set(fact.owner, account);
  ledger.own?.add(account);
  return account;
}

const copyAccount = ({ category, legs, positions }: LedgerAccount): LedgerAccount => ({
  category,
  legs: new Map([...legs].map(([market, leg]) => [market, { ...leg }])),
  positions: new Map(positions),
});

export const legOf = (ledger: Ledger, fact: AtMarket & OfOwner): LedgerLeg =>
  found(accountOf(ledger, fact).legs, fact.market, emptyLeg);

export const poolOf = (ledger: Ledger, fact: LiquidityChanged): LedgerPool =>
  found(ledger.pools, fact.pool, () => ({ sqrtPriceX96: 0n, tick: 0, ticks: new Map() }));

const emptyLeg = (): LedgerLeg => ({ collateralShares: 0n, debtShares: 0n, collateralEnabled: false });

const emptyMarket = (): LedgerMarket => ({
  terms: undefined,
  collateralIndex: { indexRay: RAY, ratePerYearRay: 0n, updatedAt: 0 },
  debtIndex: { indexRay: RAY, ratePerYearRay: 0n, updatedAt: 0 },
  totals: emptyPairTotals,
  collateralShares: 0n,
  debtShares: 0n,
  unreadDebtShares: 0n,
});

/** Accounts that come and go must not be told apart from those that never were. */
export function dropEmptyLeg(ledger: Ledger, fact: AtMarket & OfOwner, leg: LedgerLeg): void {
  if (leg.collateralShares !== 0n || leg.debtShares !== 0n || leg.collateralEnabled) return;
  const account = accountOf(ledger, fact);
  account.legs.delete(fact.market);
  dropEmptyAccount(ledger, fact, account);
}

export function dropEmptyAccount(ledger: Ledger, fact: OfOwner, account: LedgerAccount): void {
  if (account.legs.size > 0 || account.positions.size > 0 || account.category !== 0) return;
  venueOf(ledger, fact).accounts.delete(fact.owner);
}

export function found<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = create();
  map.set(key, fresh);
  return fresh;
}
