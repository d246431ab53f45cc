import type { FeedId } from '@undertow/market';
import type { Ledger } from './ledger.ts';

/**
 * Newest answer of a feed that is a price, raw, or why there is none. An answer of zero or less is no price, and neither
 * is any answer while what the feed is based on (`Feed.basedOn`) answers so: the last one may be from before.
 */
export function feedPrice(
  { prices, reference }: Pick<Ledger, 'prices' | 'reference'>,
  feed: FeedId,
): { readonly answer: bigint } | { readonly reason: string } {
  const answer = prices.get(feed)?.answer;
  if (answer === undefined) return { reason: `feed ${feed} has not answered` };
  if (answer <= 0n) return { reason: `feed ${feed} answers ${answer}` };
  const base = reference.feeds.get(feed)?.basedOn;
  const below = base === undefined ? undefined : prices.get(base)?.answer;
  if (below === undefined || below > 0n) return { answer };
  return { reason: `feed ${feed} is based on ${base}, which answers ${below}` };
}

/** The answer of `feedPrice`; undefined when there is none. */
export function priceAnswer(ledger: Pick<Ledger, 'prices' | 'reference'>, feed: FeedId): bigint | undefined {
  const price = feedPrice(ledger, feed);
  return 'answer' in price ? price.answer : undefined;
}
