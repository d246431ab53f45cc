import { SHORTEST_AVERAGE_SECONDS, type Address, type SettlementTerms, type VenueId } from '@undertow/market';
import { WAD } from '@undertow/units';
import type { FeedPolicy } from '../book.ts';
import type { DraftBy, DraftFeed } from '../draft.ts';
import { fixedPrice, type DraftPrice } from '../draft-price.ts';
import type { Ledger } from '../ledger.ts';
import { COLLATERAL_WINDOW_SECONDS, type CollateralMarket, type MarginVenue } from './account.ts';

/** A venue of margin accounts that is being drafted. */
export interface Drafting {
  readonly venue: VenueId;
  readonly of: MarginVenue;
  readonly by: DraftBy;
}

/** A virtual dollar is a dollar for the venue, whatever the settlement token is worth. */
export const quotePrice = (venue: VenueId): DraftPrice => fixedPrice(`${venue}:quote`, WAD, 1);

/** A price that only this venue asks for, wad: a feed of its own that follows the asset's market. */
export function ownPrice({ venue }: Pick<Drafting, 'venue'>, asset: string, priceWad: bigint): DraftPrice {
  const feed = `${venue}:${asset}`;
  return {
    feed,
    answer: priceWad,
    usd: Number(priceWad) / 1e18,
    formula: { multiplier: 1, terms: [{ feed, power: 1, greatest: Infinity }], greatest: Infinity },
    source: { form: 'feed', feed },
  };
}

/** The prices that only this venue asks for: of its perpetuals, and of collateral that it averages. */
export function ownFeeds(ledger: Ledger, drafting: Drafting): DraftFeed[] {
  const { venue, of } = drafting;
  const feed = (asset: Address, answer: bigint, policy: FeedPolicy): DraftFeed => ({
    id: `${venue}:${asset}`,
    label: `${ledger.reference.assets.get(asset)?.symbol ?? asset} at ${venue}`,
    answer,
    decimals: 18,
    follows: asset,
    policy,
  });
  const marks = [...of.perpetuals.values()].flatMap((market) =>
    'reason' in market ? [] : [feed(market.terms.baseAsset, market.markWad, markPolicy(of.terms))],
  );
  const averages = [...of.collaterals.values()].flatMap((market) =>
    'reason' in market || collateralPrice(drafting, market).price.feed === market.terms.feed
      ? []
      : [feed(market.terms.asset, market.priceWad, { kind: 'average', seconds: COLLATERAL_WINDOW_SECONDS })],
  );
  return [...marks, ...averages];
}

/** Where it averages at all, the mark price is that of the pool's average tick. Source: `AccountBalance._getMarkPrice`. */
const markPolicy = ({ markWindowSeconds: seconds }: SettlementTerms): FeedPolicy =>
  seconds < SHORTEST_AVERAGE_SECONDS ? { kind: 'at-once' } : { kind: 'average', seconds, inTicks: true };

/** The feed's own row, shared with other venues, unless the venue's average differs from it; and the decimals of its answer. */
export function collateralPrice(drafting: Drafting, { terms, priceWad }: CollateralMarket) {
  const { feed, feedDecimals, asset } = terms;
  const shared = drafting.by.prices.byFeed(feed);
  const isShared = shared && shared.answer * 10n ** BigInt(18 - feedDecimals) === priceWad;
  if (isShared) return { price: shared, decimals: feedDecimals };
  return { price: ownPrice(drafting, asset, priceWad), decimals: 18 };
}
