import { CDP_MARKET_ID } from '@undertow/market';
import type { Fact, PerStake, VenueId } from '@undertow/market';

/** Rate that `InterestRateManager.initialize` sets without a log: 1 % (MUSD 1.1.0, read 2026-11-21). */
export const INITIAL_INTEREST_BPS = 100n;

/** What a source must remember between logs. */
export interface Learned {
  /** Interest of positions that are opened now, basis points. */
  interestRateBps: bigint;
  /** Redistributions per stake that a position has just been given; the log of the position itself comes next. */
  given: PerStake | undefined;
  /** Where the newest log of the stability pool's balance stands. */
  poolBalance: { readonly block: number; readonly logIndex: number } | undefined;
}

/** Nothing learned yet. */
export function nothingLearned(): Learned {
  return { interestRateBps: INITIAL_INTEREST_BPS, given: undefined, poolBalance: undefined };
}

/** Forgets everything, then remembers what stored facts of a venue say. The rest is told anew within each transaction. */
export function relearn(learned: Learned, venue: VenueId, facts: readonly Fact[]): void {
  Object.assign(learned, nothingLearned());
  for (const fact of facts) {
    if (fact.kind !== 'TermsChanged' || fact.venue !== venue || fact.market !== CDP_MARKET_ID) continue;
    if (fact.patch.form === 'cdp' && fact.patch.interestRateBps !== undefined)
      learned.interestRateBps = fact.patch.interestRateBps;
  }
}
