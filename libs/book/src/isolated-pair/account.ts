import {
  accruePair,
  oracleRatioE36,
  type Address,
  type MarketId,
  type PairPosition,
  type PairState,
  type PairTerms,
  type VenueId,
} from '@undertow/market';
import { feedPrice, priceAnswer } from '../feed-price.ts';
import type { Ledger, LedgerLeg } from '../ledger.ts';
import type { AccountReading } from '../pooled-lending/account.ts';
import { resolvePair } from '../resolve-terms.ts';

/** An isolated pair at one time: interest in its totals, its oracle's answer. */
export interface PairMarket extends PairState {
  readonly terms: PairTerms;
}

/** One owner's position in one pair, ready for `isPairLiquidatable` and `pairLiquidation`. */
export interface PairReading {
  readonly position: PairPosition;
  readonly market: PairMarket;
}

/** State of one pair at `time` (unix seconds), or why it cannot be said. */
export function pairMarket(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly market: MarketId; readonly time: number },
): { readonly market: PairMarket } | { readonly reason: string } {
  const state = ledger.venues.get(at.venue)?.markets.get(at.market);
  const resolved = resolvePair(state?.terms);
  if (!state || 'missing' in resolved) {
    return { reason: `terms of ${at.market} are not known` };
  }
  const { terms } = resolved;
  const totals = accruePair(state.totals, terms.rateModel.form, at.time);
  if (!totals) return { reason: `interest-rate model ${terms.rateModel.address} is not known` };
  const priceE36 = pairPriceE36(ledger, terms);
  if (priceE36 === undefined) return { reason: unpriced(ledger, at.market, terms) };
  return { market: { terms, totals, priceE36, liquidationThresholdWad: terms.liquidationThresholdWad } };
}

/**
 * Exact state of one position at `time` (unix seconds, not before the newest fact).
 * `reason` when the pair has no terms, no price or an interest-rate model that is not known.
 */
export function pairAccount(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly market: MarketId; readonly owner: Address; readonly time: number },
): AccountReading<PairReading> {
  const read = pairMarket(ledger, at);
  if ('reason' in read) return read;
  const leg = ledger.venues.get(at.venue)?.accounts.get(at.owner)?.legs.get(at.market);
  return readPairAccount(read.market, leg);
}

/** As `pairAccount`, for many positions in one pair. */
export function readPairAccount(market: PairMarket, leg: LedgerLeg | undefined): AccountReading<PairReading> {
  const position = { collateral: leg?.collateralShares ?? 0n, debtShares: leg?.debtShares ?? 0n };
  if (position.collateral < 0n || position.debtShares < 0n) {
    return { reason: 'shares below zero: facts before the first block read are missing' };
  }
  return { account: { position, market } };
}

/** What the pair's oracle answers; an oracle that is polled answers the ratio itself. */
function pairPriceE36(ledger: Ledger, { oracle }: PairTerms): bigint | undefined {
  if (oracle.form === 'constant') return undefined;
  const answer =
    oracle.form === 'ratio'
      ? oracleRatioE36(oracle, (feed) => priceAnswer(ledger, feed))
      : priceAnswer(ledger, oracle.feed);
  return answer !== undefined && answer > 0n ? answer : undefined;
}

/** Why a pair has no price: its oracle is not read, contradicts its own feeds, or one of them has no price. */
function unpriced(ledger: Ledger, market: MarketId, { oracle }: PairTerms): string {
  if (oracle.form === 'constant') return `the oracle of ${market} is not one of a pair`;
  const feeds = oracle.form === 'ratio' ? [...oracle.base, ...oracle.quote] : [oracle.feed];
  const unread = feeds.find((feed) => !ledger.prices.has(feed));
  const isRefuted = oracle.form === 'ratio' && oracle.isRefuted === true;
  if (unread !== undefined)
    return isRefuted
      ? `the oracle of ${market} answers something else than its feeds say, and its own price is not read`
      : `the price of the oracle of ${market} is not read: ${unread}`;
  for (const feed of feeds) {
    const price = feedPrice(ledger, feed);
    if ('reason' in price) return `the oracle of ${market} has no price: ${price.reason}`;
  }
  return `the price of the oracle of ${market} rounds down to zero`;
}
