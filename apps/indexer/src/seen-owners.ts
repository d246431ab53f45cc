import type { Address, Fact, MarketId, VenueId } from '@undertow/market';

/** Owners by venue and market. */
export type SeenOwnersJson = Readonly<Record<VenueId, Readonly<Record<MarketId, readonly Address[]>>>>;

/** Who has had a leg where, as far as logs were read. */
export class SeenOwners {
  readonly #owners = new Map<VenueId, Map<MarketId, Set<Address>>>();

  constructor(json: SeenOwnersJson = {}) {
    for (const [venue, markets] of Object.entries(json)) {
      for (const [market, owners] of Object.entries(markets)) {
        for (const owner of owners) this.#add(venue, market, owner);
      }
    }
  }

  see(facts: readonly Fact[]): void {
    for (const fact of facts) if (fact.kind === 'LegChanged') this.#add(fact.venue, fact.market, fact.owner);
  }

  /** Owners of a venue over all its markets. */
  of(venue: VenueId): readonly Address[] {
    const markets = this.#owners.get(venue) ?? new Map<MarketId, Set<Address>>();
    return [...new Set([...markets.values()].flatMap((owners) => [...owners]))];
  }

  /** Markets of a venue where each owner has had a leg. */
  marketsOf(venue: VenueId): (owner: Address) => readonly MarketId[] {
    const byOwner = new Map<Address, MarketId[]>();
    for (const [market, owners] of this.#owners.get(venue) ?? []) {
      for (const owner of owners) {
        const known = byOwner.get(owner);
        if (known) known.push(market);
        else byOwner.set(owner, [market]);
      }
    }
    return (owner) => byOwner.get(owner) ?? [];
  }

  get count(): number {
    return [...this.#owners.keys()].reduce((sum, venue) => sum + this.of(venue).length, 0);
  }

  toJson(): SeenOwnersJson {
    const markets = (of: ReadonlyMap<MarketId, ReadonlySet<Address>>) =>
      Object.fromEntries([...of].map(([market, owners]) => [market, [...owners]]));
    return Object.fromEntries([...this.#owners].map(([venue, of]) => [venue, markets(of)]));
  }

  /** Moves of nothing, from which a source learns where its owners are (`LogSource.restore`); never to be stored. */
  asFacts(chainId: number): readonly Fact[] {
    const key = { chainId, block: 0, logIndex: 0, part: 0, time: 0 };
    const leg = { ...key, kind: 'LegChanged', side: 'collateral', sharesDelta: 0n } as const;
    return [...this.#owners].flatMap(([venue, markets]) =>
      [...markets].flatMap(([market, owners]) =>
        [...owners].map((owner): Fact => ({ ...leg, venue, market, owner })),
      ),
    );
  }

  #add(venue: VenueId, market: MarketId, owner: Address): void {
    const markets = this.#owners.get(venue) ?? new Map<MarketId, Set<Address>>();
    this.#owners.set(venue, markets);
    const owners = markets.get(market) ?? new Set<Address>();
    markets.set(market, owners);
    owners.add(owner);
  }
}
