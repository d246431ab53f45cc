import { formulaBases, MOST_FORMULA_STEPS, type FeedId } from '@undertow/market';
import type { Ledger } from './ledger.ts';

/** What a ledger says of feeds. */
type FeedLedger = Pick<Ledger, 'prices' | 'formulas'>;

/**
 * Newest answer of a feed that is a price, raw, or why there is none. An answer of zero or less is no price, and neither
 * is any answer while a feed that it is made of (`Ledger.formulas`) answers so: the last one may be from before.
 */
export function feedPrice(
  ledger: FeedLedger,
  feed: FeedId,
): { readonly answer: bigint } | { readonly reason: string } {
  const answer = ledger.prices.get(feed)?.answer;
  if (answer === undefined) return { reason: `feed ${feed} has not answered` };
  if (answer <= 0n) return { reason: `feed ${feed} answers ${answer}` };
  const base = silentBase(ledger, feed, 0);
  return base === undefined
    ? { answer }
    : { reason: `feed ${feed} is made of ${base}, which answers ${ledger.prices.get(base)!.answer}` };
}

/** The answer of `feedPrice`; undefined when there is none. */
export function priceAnswer(ledger: FeedLedger, feed: FeedId): bigint | undefined {
  const price = feedPrice(ledger, feed);
  return 'answer' in price ? price.answer : undefined;
}

/** The first feed that this one is made of, through any between, that answers zero or less. One that nobody reads says nothing. */
function silentBase(ledger: FeedLedger, feed: FeedId, step: number): FeedId | undefined {
  const formula = ledger.formulas.get(feed);
  if (!formula || step === MOST_FORMULA_STEPS) return undefined;
  for (const base of formulaBases(formula)) {
    const answer = ledger.prices.get(base)?.answer;
    if (answer !== undefined && answer <= 0n) return base;
    const below = silentBase(ledger, base, step + 1);
    if (below !== undefined) return below;
  }
  return undefined;
}
