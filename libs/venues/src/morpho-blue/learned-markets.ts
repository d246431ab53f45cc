import type { Address, Fact, MarketId, OracleRef } from '@undertow/market';

/** What a source knows of a market from its creation. */
export interface LearnedMarket {
  readonly collateralAsset: Address;
  readonly debtAsset: Address;
  /** The oracle's contract; known until the composition is, which then takes its place. */
  readonly oracleAddress?: Address;
  readonly oracle?: OracleRef;
}

/** Markets that a source has seen so far. */
export interface LearnedMarkets {
  readonly markets: Map<MarketId, LearnedMarket>;
}

/** Nothing learned yet. */
export function noMarkets(): LearnedMarkets {
  return { markets: new Map() };
}

/** Remembers what the terms among some facts say of markets. */
export function learnFromFacts(learned: LearnedMarkets, facts: readonly Fact[]): void {
  for (const fact of facts) {
    if (fact.kind !== 'TermsChanged' || fact.patch.form !== 'pair') continue;
    const { collateralAsset, debtAsset, oracle } = fact.patch;
    const known = learned.markets.get(fact.market);
    if (collateralAsset && debtAsset)
      learned.markets.set(fact.market, { ...known, collateralAsset, debtAsset });
    const market = learned.markets.get(fact.market);
    if (market && oracle) learned.markets.set(fact.market, { ...market, oracle });
  }
}
