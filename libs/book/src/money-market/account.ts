import {
  exchangeRateWad,
  indexedDebtDown,
  MONEY_MARKET_VENUE_ID,
  moneyMarketAnswerScale,
  type FeedId,
  type MarketId,
  type MoneyMarketGrowth,
  type MoneyMarketLeg,
  type MoneyMarketTerms,
  type MoneyMarketVenueTerms,
  type VenueId,
} from '@undertow/market';
import { priceAnswer } from '../feed-price.ts';
import { feedDecimals, type Ledger, type LedgerAccount, type LedgerMarket } from '../ledger.ts';

/** The markets of a venue and the terms that they share. */
export interface MoneyMarketVenue {
  readonly id: VenueId;
  readonly terms: MoneyMarketVenueTerms;
  readonly markets: ReadonlyMap<MarketId, MoneyMarket | { readonly reason: string }>;
}

/** One market as it stands: interest as its contract last added it, which is what the venue decides by. */
export interface MoneyMarket {
  readonly id: MarketId;
  readonly terms: MoneyMarketTerms;
  readonly growth: MoneyMarketGrowth;
  /** 0 while there are no tokens. */
  readonly exchangeRateWad: bigint;
  readonly feed: FeedId;
  /** See `moneyMarketAnswerScale`. */
  readonly answerScale: bigint;
  /** Raw; undefined when the feed has no usable answer. */
  readonly answer: bigint | undefined;
}

/** What an owner has in one market. */
export interface MoneyMarketHolding {
  readonly market: MoneyMarket;
  readonly tokens: bigint;
  /** Raw units of the asset. */
  readonly debt: bigint;
  /** It counts: as collateral, and as debt. A market that is borrowed from has been entered. */
  readonly isEntered: boolean;
}

const REQUIRED = [
  ...(['asset', 'decimals', 'collateralFactorWad', 'isSeizable', 'oracle'] as const),
] satisfies (keyof MoneyMarketTerms)[];

/** The markets of a venue, or why none of them can be modelled. */
export function moneyMarketVenue(
  ledger: Ledger,
  id: VenueId,
): MoneyMarketVenue | { readonly reason: string } {
  const markets = ledger.venues.get(id)?.markets ?? new Map<MarketId, LedgerMarket>();
  const shared = markets.get(MONEY_MARKET_VENUE_ID)?.terms;
  if (shared?.form !== 'money-market-venue' || shared.closeFactorWad === undefined || !shared.incentiveWad)
    return { reason: 'the terms that its markets share are not known' };
  const terms = shared as MoneyMarketVenueTerms;
  const each = [...markets].filter(([market]) => market !== MONEY_MARKET_VENUE_ID);
  return {
    ...{ id, terms },
    markets: new Map(each.map(([market, state]) => [market, marketOf(ledger, market, state)])),
  };
}

function marketOf(
  ledger: Ledger,
  id: MarketId,
  { terms: patch, growth }: LedgerMarket,
): MoneyMarket | { readonly reason: string } {
  const missing = patch?.form === 'money-market' ? REQUIRED.filter((name) => patch[name] === undefined) : [];
  if (patch?.form !== 'money-market' || growth?.form !== 'money-market' || missing.length > 0)
    return { reason: `terms of the market ${id} are not known` };
  const terms = patch as MoneyMarketTerms;
  if (terms.oracle.form !== 'feed') return { reason: `the price in ${id} is not of a feed` };
  const { feed } = terms.oracle;
  const answerScale = moneyMarketAnswerScale(feedDecimals(ledger, feed), terms.decimals);
  if (answerScale === undefined) return { reason: `${id} or its feed has more than 18 decimals` };
  const answer = priceAnswer(ledger, feed);
  return {
    ...{ id, terms, growth, feed, answerScale, exchangeRateWad: exchangeRateWad(growth) ?? 0n },
    answer,
  };
}

/** What an account has, by market; or why it cannot be said. A market that was entered must have a price. */
export function moneyMarketHoldings(
  venue: MoneyMarketVenue,
  account: LedgerAccount,
): { readonly holdings: readonly MoneyMarketHolding[] } | { readonly reason: string } {
  const debts = new Map([...account.positions.values()].map(({ market, position }) => [market, position]));
  const holdings: MoneyMarketHolding[] = [];
  for (const id of new Set([...account.legs.keys(), ...debts.keys()])) {
    const leg = account.legs.get(id);
    const debt = debts.get(id);
    const tokens = leg?.collateralShares ?? 0n;
    const isEntered = leg?.collateralEnabled ?? false;
    if (tokens < 0n) return { reason: 'tokens below zero: facts before the first block read are missing' };
    const market = venue.markets.get(id) ?? { reason: `the market ${id} is not known` };
    const counts = isEntered || debt !== undefined;
    if ('reason' in market) {
      if (counts) return market;
      continue;
    }
    if (market.answer === undefined && counts) return { reason: `the feed ${market.feed} has no price` };
    const { borrowIndexWad } = market.growth;
    if (debt?.form === 'indexed-debt' && debt.indexWad <= 0n)
      return { reason: `the market ${id} says an index of nothing` };
    const owed = debt?.form === 'indexed-debt' ? indexedDebtDown(debt, borrowIndexWad) : 0n;
    holdings.push({ market, tokens, debt: owed, isEntered });
  }
  return { holdings };
}

/** The markets that count, for the exact sums. `answers`: other answers of feeds than the present ones. */
export function moneyMarketLegs(
  holdings: readonly MoneyMarketHolding[],
  answers: ReadonlyMap<FeedId, bigint> = new Map(),
): MoneyMarketLeg[] {
  return holdings
    .filter(({ isEntered, debt }) => isEntered || debt > 0n)
    .map(({ market, tokens, debt }) => ({
      ...{ tokens, debt, exchangeRateWad: market.exchangeRateWad },
      collateralFactorWad: market.terms.collateralFactorWad,
      priceE36: (answers.get(market.feed) ?? market.answer ?? 0n) * market.answerScale,
    }));
}

/** Raw units of the asset that tokens of a market stand for. Source: `CToken.redeemFresh`. */
export function underlyingDown({ market, tokens }: MoneyMarketHolding): bigint {
  return (tokens * market.exchangeRateWad) / 10n ** 18n;
}
