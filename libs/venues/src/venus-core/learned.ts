import type { Address, Fact, GrowthAccrued, OracleRef, VenueId } from '@undertow/market';

/** What a source knows of a market. */
export interface LearnedMarket {
  readonly asset?: Address;
  readonly oracleKey?: string;
  /** The feed that was last set for it. */
  readonly feed?: OracleRef;
  /** What it holds by the facts so far; absent until one says all of it. */
  readonly cash?: bigint;
}

/** Markets that a source has seen listed, by the address of their contract. */
export type Learned = Map<Address, LearnedMarket>;

/** Remembers what facts of a venue say of its markets. */
export function learn(learned: Learned, venue: VenueId, facts: readonly Fact[]): void {
  for (const fact of facts) {
    if (fact.kind === 'GrowthAccrued' && fact.venue === venue) learnCash(learned, fact);
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

function learnCash(learned: Learned, { market, growth }: GrowthAccrued): void {
  const known = learned.get(market as Address);
  if (!known || growth.form !== 'money-market') return;
  const cash = growth.said === 'moved' ? movedBy(known.cash, growth.cashDelta) : growth.cash;
  if (cash !== undefined) learned.set(market as Address, { ...known, cash });
}

const movedBy = (cash: bigint | undefined, delta = 0n) => (cash === undefined ? undefined : cash + delta);
