import type { FeedId } from '../id.ts';
import type { OracleRef } from '../oracle-ref.ts';
import type { TermsPatch } from '../terms.ts';

/** The feeds that some terms are priced by; undefined when they say nothing of it, which leaves those before. */
export function feedsOfTerms(terms: TermsPatch): readonly FeedId[] | undefined {
  if ('oracle' in terms && terms.oracle !== undefined) return feedsOfOracle(terms.oracle);
  if ('feed' in terms && terms.feed !== undefined) return [terms.feed];
  return undefined;
}

/** The feeds that an oracle asks, each once. */
export function feedsOfOracle(oracle: OracleRef): readonly FeedId[] {
  switch (oracle.form) {
    case 'feed':
      return [oracle.feed];
    case 'ratio':
      return [...new Set([...oracle.base, ...oracle.quote])];
    case 'constant':
      return [];
  }
}
