import { holderOf } from '@undertow/market';
import type { Address, Fact, MarketId, VenueId } from '@undertow/market';

/** Owners by venue and market. */
export type SeenOwnersJson = Readonly<Record<VenueId, Readonly<Record<MarketId, readonly Address[]>>>>;

/** Who has had something where, of whatever kind, as far as logs were read. */
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
    for (const fact of facts) {
      const holder = holderOf(fact);
      if (holder) this.#add(holder.venue, holder.market, holder.owner);
    }
  }

  /** Owners of a venue over all its markets. */
  of(venue: VenueId): readonly Address[] {
    const markets = this.#owners.get(venue) ?? new Map<MarketId, Set<Address>>();
    return [...new Set([...markets.values()].flatMap((owners) => [...owners]))];
  }

  /** Markets of a venue in which each owner has had something. */
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

  #add(venue: VenueId, market: MarketId, owner: Address): void {
    const markets = this.#owners.get(venue) ?? new Map<MarketId, Set<Address>>();
    this.#owners.set(venue, markets);
    const owners = markets.get(market) ?? new Set<Address>();
    markets.set(market, owners);
    owners.add(owner);
  }
}
