import {
  answerScaleWad,
  CDP_MARKET_ID,
  cdpAmounts,
  type Address,
  type CdpAmounts,
  type CdpGrowth,
  type CdpPosition,
  type CdpTerms,
  type FeedId,
  type VenueId,
} from '@undertow/market';
import { feedDecimals, type Ledger } from '../ledger.ts';

/** A venue of collateralised debt positions: its terms, what it stores of all positions, its oracle. */
export interface CdpSystem {
  readonly venue: VenueId;
  readonly terms: CdpTerms;
  readonly growth: CdpGrowth;
  readonly feed: FeedId;
  /** See `answerScaleWad`. */
  readonly answerScale: bigint;
}

const REQUIRED = [
  ...(['collateralAsset', 'collateralFollows', 'debtAsset', 'oracle', 'leastRatioWad'] as const),
  ...(['criticalRatioWad', 'liquidationReserve', 'compensationDivisor', 'interestRateBps'] as const),
] satisfies (keyof CdpTerms)[];

/** The system of a venue, or why it cannot be modelled. */
export function cdpSystem(
  ledger: Ledger,
  venue: VenueId,
): { readonly system: CdpSystem } | { readonly reason: string } {
  const market = ledger.venues.get(venue)?.markets.get(CDP_MARKET_ID);
  const patch = market?.terms;
  if (patch?.form !== 'cdp' || market?.growth?.form !== 'cdp') return { reason: 'its terms are not known' };
  const missing = REQUIRED.filter((field) => patch[field] === undefined);
  if (missing.length > 0) return { reason: `terms are missing: ${missing.join(', ')}` };
  const terms = patch as CdpTerms;
  if (terms.oracle.form !== 'feed') return { reason: 'its collateral is not priced by a feed' };
  const { feed } = terms.oracle;
  const answerScale = answerScaleWad(feedDecimals(ledger, feed));
  if (answerScale === undefined) return { reason: `the feed ${feed} has more than 18 decimals` };
  return { system: { venue, terms, growth: market.growth, feed, answerScale } };
}

/** One owner's position, stored and as it is at a time. */
export interface CdpHolding {
  readonly owner: Address;
  readonly position: CdpPosition;
  readonly amounts: CdpAmounts;
}

/** The position of an owner at a time (unix seconds); undefined without one. */
export function cdpHolding(
  ledger: Ledger,
  { venue, growth }: CdpSystem,
  of: { readonly owner: Address; readonly time: number },
): CdpHolding | undefined {
  for (const { position } of ledger.venues.get(venue)?.accounts.get(of.owner)?.positions.values() ?? []) {
    if (position.form !== 'cdp') continue;
    return { owner: of.owner, position, amounts: cdpAmounts(position, growth.perStake, of.time) };
  }
  return undefined;
}
