import type { Address, Fact, OracleRef, VenueId } from '@undertow/market';

/** What a source knows of a market. */
export interface LearnedMarket {
  readonly asset?: Address;
  readonly oracleKey?: string;
  /** The feed that was last set for it. */
  readonly feed?: OracleRef;
}

/** Markets that a source has seen listed, by the address of their contract. */
export type Learned = Map<Address, LearnedMarket>;

/** Remembers what facts of a venue say of its markets. */
export function learn(learned: Learned, venue: VenueId, facts: readonly Fact[]): void {
  for (const fact of facts) {
    if (fact.kind !== 'TermsChanged' || fact.venue !== venue || fact.patch.form !== 'money-market') continue;
    const market = fact.market as Address;
    const { asset, oracleKey, oracle } = fact.patch;
    learned.set(market, {
      ...learned.get(market),
      ...(asset && { asset }),
      ...(oracleKey !== undefined && { oracleKey }),
      ...(oracle?.form === 'feed' && { feed: oracle }),
    });
  }
}
