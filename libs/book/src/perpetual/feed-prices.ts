import { isMarginAccountDue, type Address, type FeedId, type MarketId, type VenueId } from '@undertow/market';
import { maxBigint } from '@undertow/units';
import { priceAnswer } from '../feed-price.ts';
import type { Ledger, LedgerAccount, LedgerMarket } from '../ledger.ts';
import { liquidationAnswers, type AnswerOf, type AskedFeed } from '../liquidation-answers.ts';
import type { LiquidationPrice } from '../reading.ts';
import { collateralAt, marginAccount, perpetualAt, type MarginReading, type MarginVenue } from './account.ts';
import { markedAt } from './liquidation-mark.ts';

/**
 * Liquidation prices of a margin account by the feeds of its collateral: what a feed answers when something of the account
 * may be liquidated. What the venue averages has come to the answer: it is as if the feed had said so for as long as the
 * averages go back. Where the feed is also the index of a perpetual of the account, there are two:
 *
 * - of the feed alone: the perpetual's pool stays where it is, mark price and funding are what the venue makes of that;
 * - of the feed with the perpetual's mark price `along`, as a market moves them: the mark price, and what orders in its
 *   pool hold, move in proportion; funding stays.
 *
 * An index that prices no collateral has no row: alone it does not move a mark price beyond what the pool's own prices are.
 */
export function feedLiquidationPrices(
  ledger: Ledger,
  venue: MarginVenue,
  of: { readonly venue: VenueId; readonly time: number; readonly held: LedgerAccount },
): LiquidationPrice[] {
  const { held, time } = of;
  const markets = ledger.venues.get(of.venue)!.markets;
  const asked = [...held.legs].flatMap(([id, { collateralShares }]): AskedFeed[] => {
    const market = venue.collaterals.get(id);
    if (!market || 'reason' in market || collateralShares <= 0n) return [];
    return [{ feed: market.terms.feed, asset: market.terms.asset }];
  });
  const indexed = new Map<FeedId, MarketId[]>();
  for (const { market: id } of held.positions.values()) {
    const market = venue.perpetuals.get(id);
    if (!market || 'reason' in market) continue;
    const { feed } = market.terms;
    indexed.set(feed, [...(indexed.get(feed) ?? []), id]);
  }
  const alone = liquidationAnswers(ledger, asked, (answerOf, isMoved) => {
    const by = { time, answerOf, isMoved };
    const perpetuals = movedPerpetuals(venue, markets, by);
    const collaterals = movedCollaterals(venue, markets, by);
    return isDue(marginAccount({ ...venue, perpetuals, collaterals }, held));
  });
  const both = asked.filter(({ feed }) => indexed.has(feed));
  const together = liquidationAnswers(ledger, both, (answerOf, isMoved) => {
    const collaterals = movedCollaterals(venue, markets, { time, answerOf, isMoved });
    const reading = marginAccount({ ...venue, collaterals }, held);
    return isDue('account' in reading ? inProportion(ledger, { venue, reading, answerOf }) : reading);
  });
  return [
    ...alone,
    ...together.flatMap((price) => {
      const along = indexed.get(price.feed);
      return along ? [{ ...price, along: along as Address[] }] : [];
    }),
  ];
}

const isDue = (reading: MarginReading | { readonly reason: string }) =>
  'account' in reading && isMarginAccountDue(reading.account);

interface MovedBy {
  readonly time: number;
  readonly answerOf: AnswerOf;
  readonly isMoved: (feed: FeedId) => boolean;
}

/** The venue's perpetuals, of which those are valued anew whose index moves. */
function movedPerpetuals(
  { perpetuals, terms }: MarginVenue,
  markets: ReadonlyMap<MarketId, LedgerMarket>,
  { time, answerOf, isMoved }: MovedBy,
): MarginVenue['perpetuals'] {
  return new Map(
    [...perpetuals].map(([id, market]) => {
      if ('reason' in market || !isMoved(market.terms.feed)) return [id, market];
      const said = saidNow(market.terms.feed, answerOf, time);
      return [id, perpetualAt(said, averagedOut(markets.get(id)!), terms, time)];
    }),
  );
}

/** The venue's collaterals, of which those are priced anew whose feed moves. */
function movedCollaterals(
  { collaterals }: MarginVenue,
  markets: ReadonlyMap<MarketId, LedgerMarket>,
  { time, answerOf, isMoved }: MovedBy,
): MarginVenue['collaterals'] {
  return new Map(
    [...collaterals].map(([id, market]) => {
      if ('reason' in market || !isMoved(market.terms.feed)) return [id, market];
      const said = saidNow(market.terms.feed, answerOf, time);
      return [id, collateralAt(said, averagedOut(markets.get(id)!), time)];
    }),
  );
}

/** The account with every mark price moved as its index does. */
function inProportion(
  ledger: Ledger,
  of: { readonly venue: MarginVenue; readonly reading: MarginReading; readonly answerOf: AnswerOf },
): MarginReading {
  const { venue, reading, answerOf } = of;
  const exposures = reading.account.exposures.map((exposure, i) => {
    const market = venue.perpetuals.get(reading.exposureMarkets[i]!);
    if (!market || 'reason' in market) return exposure;
    const present = priceAnswer(ledger, market.terms.feed);
    const answer = answerOf(market.terms.feed);
    if (present === undefined || answer === undefined || answer === present) return exposure;
    return markedAt(exposure, maxBigint((exposure.markWad * answer) / present, 1n));
  });
  return { ...reading, account: { ...reading.account, exposures } };
}

/** A feed's answer as if it had just been given; no answer is one of 0. */
function saidNow(feed: FeedId, answerOf: AnswerOf, time: number): Pick<Ledger, 'prices'> {
  return { prices: new Map([[feed, { answer: answerOf(feed) ?? 0n, round: 0n, updatedAt: time }]]) };
}

/** A market whose price feed has kept no rounds: every average of it is then the newest answer. */
function averagedOut(market: LedgerMarket): LedgerMarket {
  const { growth } = market;
  if (growth?.form !== 'perpetual') return market;
  return { ...market, growth: { ...growth, prices: [], kept: { time: 0, price: 0n } } };
}
