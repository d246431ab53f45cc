import {
  categoryMarketId,
  memberMarketId,
  normalizedDebtRay,
  normalizedIncomeRay,
  pooledRelease,
  type Address,
  type FeedId,
  type MarketId,
  type OracleRef,
  type PooledAccount,
  type PooledCategory,
  type PooledPosition,
  type PooledRelease,
  type PooledReserve,
  type ReserveTerms,
  type VenueId,
} from '@undertow/market';
import { feedPrice } from '../feed-price.ts';
import type { Ledger, LedgerAccount, LedgerMarket, LedgerVenue } from '../ledger.ts';
import { resolveCategory, resolveMember, resolveReserve } from '../resolve-terms.ts';

/** A pooled venue's reserves with their indices brought up to one time. */
export interface PooledVenue {
  readonly id: VenueId;
  readonly time: number;
  readonly release: PooledRelease;
  readonly markets: LedgerVenue['markets'];
  readonly reserves: ReadonlyMap<MarketId, PricedReserve>;
  /** Answers of feeds, for the price sources of categories. */
  readonly prices: Ledger['prices'];
  readonly formulas: Ledger['formulas'];
}

export interface PricedReserve {
  readonly terms: ReserveTerms;
  readonly reserve: PooledReserve;
  /** The feed that the venue asks; undefined when it asks nothing known. */
  readonly feed: FeedId | undefined;
  /** Why it has no usable price; undefined when it has one. `reserve.price` is 0 then. */
  readonly unpriced: string | undefined;
}

/** An account's exact state, or why it cannot be said. */
export type AccountReading<T> = { readonly account: T } | { readonly reason: string };

/** A leg as the ledger has it, with the market that it belongs to. */
export interface PooledLeg extends PooledPosition {
  readonly market: MarketId;
  readonly asset: Address;
  /** The feed whose price counts for this account's leg (its category's own source included). */
  readonly feed: FeedId | undefined;
}

/** An account of a pooled venue, ready for `pooledAccountData` and `pooledLiquidation`. */
export interface PooledReading extends PooledAccount {
  readonly positions: readonly PooledLeg[];
  readonly category: CategoryReading | undefined;
}

/** The category that an account chose, with the feed of its own price source, if it has one. */
export type CategoryReading = PooledCategory & { readonly feed: FeedId | undefined };

/** Reserves and prices of a pooled venue at `time`; undefined when its release has no maths here. */
export function pooledVenue(ledger: Ledger, id: VenueId, time: number): PooledVenue | undefined {
  const venue = ledger.reference.venues.get(id);
  const release = venue?.mechanism === 'pooled-lending' ? pooledRelease(venue.version) : undefined;
  if (release === undefined) return undefined;
  const markets = ledger.venues.get(id)?.markets ?? new Map<MarketId, LedgerMarket>();
  const reserves = new Map<MarketId, PricedReserve>();
  for (const [market, state] of markets) {
    const priced = pricedReserve(ledger, state, { time, release });
    if (priced) reserves.set(market, priced);
  }
  const { prices, formulas } = ledger;
  return { id, time, release, markets, reserves, prices, formulas };
}

/**
 * Exact state of one account at `time` (unix seconds, not before the newest fact).
 * `reason` when some leg that matters has no terms or no price, or when the venue has no maths here.
 */
export function pooledAccount(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
): AccountReading<PooledReading> {
  const venue = pooledVenue(ledger, at.venue, at.time);
  if (!venue) return { reason: `no maths for the release of ${at.venue}` };
  return readPooledAccount(venue, ledger.venues.get(at.venue)?.accounts.get(at.owner));
}

/** As `pooledAccount`, for many accounts of one venue. An account without legs is a healthy one. */
export function readPooledAccount(
  venue: PooledVenue,
  account: LedgerAccount | undefined,
): AccountReading<PooledReading> {
  const category = account?.category ? pooledCategory(venue, account.category) : undefined;
  if (category && 'reason' in category) return category;
  const positions: PooledLeg[] = [];
  for (const [market, leg] of account?.legs ?? []) {
    if (leg.collateralShares < 0n || leg.debtShares < 0n) {
      return { reason: 'shares below zero: facts before the first block read are missing' };
    }
    const known = venue.reserves.get(market);
    const matters = leg.debtShares > 0n || (leg.collateralEnabled && leg.collateralShares > 0n);
    if (!known) {
      if (matters) return { reason: `terms of ${market} are not known` };
      continue;
    }
    const inCategory = category && category.id === known.reserve.category && category.price;
    if (known.unpriced !== undefined && matters && !inCategory) return { reason: known.unpriced };
    positions.push({
      market,
      asset: known.terms.asset,
      feed: inCategory ? category.feed : known.feed,
      reserve: known.reserve,
      collateralShares: leg.collateralShares,
      debtShares: leg.debtShares,
      isCollateral: leg.collateralEnabled,
      member: memberOf(venue, account?.category ?? 0, known.terms.asset),
    });
  }
  return { account: { release: venue.release, positions, category } };
}

function pricedReserve(
  ledger: Ledger,
  state: LedgerMarket,
  at: { readonly time: number; readonly release: PooledRelease },
): PricedReserve | undefined {
  const resolved = resolveReserve(state.terms);
  if ('missing' in resolved) return undefined;
  const { terms } = resolved;
  const { price, feed, reason } = oraclePrice(ledger, terms.oracle);
  const reserve = {
    ...terms,
    incomeIndexRay: normalizedIncomeRay(state.collateralIndex, at.time),
    debtIndexRay: normalizedDebtRay(state.debtIndex, at.time, at.release),
    price: price ?? 0n,
  };
  return { terms, reserve, feed, unpriced: reason };
}

/** Answer of the one feed that a reserve asks. The venue's oracle refuses answers of 0 and below. */
function oraclePrice(ledger: Pick<Ledger, 'prices' | 'formulas'>, oracle: OracleRef) {
  if (oracle.form !== 'feed')
    return { price: undefined, feed: undefined, reason: 'priced by more than one feed' };
  const price = feedPrice(ledger, oracle.feed);
  if ('reason' in price) return { price: undefined, feed: oracle.feed, reason: price.reason };
  return { price: price.answer, feed: oracle.feed, reason: undefined };
}

function pooledCategory(venue: PooledVenue, id: number): CategoryReading | { readonly reason: string } {
  const resolved = resolveCategory(venue.markets.get(categoryMarketId(id))?.terms);
  if ('missing' in resolved) return { reason: `terms of e-mode category ${id} are not known` };
  const { terms } = resolved;
  if (!terms.oracle) return { id, ...terms, price: undefined, feed: undefined };
  const { price, feed, reason } = oraclePrice(venue, terms.oracle);
  return reason === undefined ? { id, ...terms, price, feed } : { reason };
}

function memberOf(venue: PooledVenue, category: number, asset: Address) {
  if (category === 0) return undefined;
  const terms = venue.markets.get(memberMarketId(category, asset))?.terms;
  return terms ? resolveMember(terms) : undefined;
}
