import type { Address, AveragingTerms, Fact, MarketId, VenueId } from '@undertow/market';

/** What a source must remember between logs. */
export interface Learned {
  /** Bounds of the skews within averages. */
  averaging: AveragingTerms | undefined;
  /** Newest value of the liquidity pool that was said. */
  poolValueWad: bigint | undefined;
  /** A position that its contract has just given to another owner; the token's own log of it, next, names the giver. */
  transfer: { readonly positionId: bigint; readonly market: MarketId; readonly to: Address } | undefined;
}

/** Nothing learned yet. */
export function nothingLearned(): Learned {
  return { averaging: undefined, poolValueWad: undefined, transfer: undefined };
}

/** Forgets everything, then remembers what stored facts of a venue say. */
export function relearn(learned: Learned, venue: VenueId, facts: readonly Fact[]): void {
  Object.assign(learned, nothingLearned());
  for (const fact of facts) {
    if (fact.kind !== 'TermsChanged' || fact.venue !== venue) continue;
    if (fact.patch.form !== 'option-market') continue;
    const { averaging = learned.averaging, poolValueWad = learned.poolValueWad } = fact.patch;
    Object.assign(learned, { averaging, poolValueWad });
  }
}
