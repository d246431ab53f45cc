import type { Address, Fact, MarketId, OracleRef } from '@undertow/market';

/** What a source knows of a market from its creation. */
export interface LearnedMarket {
  readonly collateralAsset: Address;
  readonly debtAsset: Address;
  /** The oracle's contract; known until the composition is, which then takes its place. */
  readonly oracleAddress?: Address;
  readonly oracle?: OracleRef;
}

/** Markets and accounts that a source has seen so far. */
export interface LearnedMarkets {
  readonly markets: Map<MarketId, LearnedMarket>;
  /** Markets that each owner has touched, as far as logs were decoded. */
  readonly marketsOf: Map<Address, Set<MarketId>>;
}

/** Nothing learned yet. */
export function noMarkets(): LearnedMarkets {
  return { markets: new Map(), marketsOf: new Map() };
}

/** Remembers what stored facts say: markets from their terms, owners from their legs. */
export function learnFromFacts(learned: LearnedMarkets, facts: readonly Fact[]): void {
  for (const fact of facts) {
    if (fact.kind === 'LegChanged') learnOwner(learned, fact.owner, fact.market);
    if (fact.kind !== 'TermsChanged' || fact.patch.form !== 'pair') continue;
    const { collateralAsset, debtAsset, oracle } = fact.patch;
    const known = learned.markets.get(fact.market);
    if (collateralAsset && debtAsset)
      learned.markets.set(fact.market, { ...known, collateralAsset, debtAsset });
    const market = learned.markets.get(fact.market);
    if (market && oracle) learned.markets.set(fact.market, { ...market, oracle });
  }
}

/** Remembers that an owner has touched a market. */
export function learnOwner(learned: LearnedMarkets, owner: Address, market: MarketId): void {
  const markets = learned.marketsOf.get(owner);
  if (markets) markets.add(market);
  else learned.marketsOf.set(owner, new Set([market]));
}
