import { BadDataError } from '@undertow/units';
import type { BookContent } from '../file/canonical.ts';
import { mechanisms } from '../mechanisms.ts';
import type { MarketRow } from '../rows.ts';
import { legsOfTerm, type CollateralTerm } from './collateral-on.ts';
import { marketRow, venueRow } from './find-row.ts';
import { checkAmount, checkRatio, refuseUnknownTerm } from './check-terms.ts';
import type { TermsOverride } from './override.ts';

/** A book in which a market has another term, for all whose terms are that market's. */
export function withMarketTerm(
  book: BookContent,
  { venue: id, market, field, value }: Extract<TermsOverride, { kind: 'market' }>,
): BookContent {
  const venue = venueRow(book, id);
  const row = marketRow(book, venue, market);
  const { mechanism } = book.venues[venue]!;
  const { terms } = mechanisms[mechanism];
  refuseUnknownTerm(field, { venue: id, known: [...terms.market, ...terms.venue] });
  const changed =
    field === 'supplyCap' || field === 'borrowCap'
      ? withCap(book, row, { field, value })
      : withLegTerm(book, row, { field, value });
  return terms.followMarket?.(changed, { market: row, field, value }) ?? changed;
}

function withCap(
  book: BookContent,
  row: MarketRow,
  { field, value }: { readonly field: 'supplyCap' | 'borrowCap'; readonly value: number },
): BookContent {
  checkAmount(field, value);
  const markets = book.markets.map((market, i) => (i === row ? { ...market, [field]: value } : market));
  return { ...book, markets };
}

function withLegTerm(
  book: BookContent,
  row: MarketRow,
  { field, value }: { readonly field: CollateralTerm; readonly value: number },
): BookContent {
  checkRatio(field, value);
  const on = legsOfTerm(book, row, field);
  if (on.length === 0)
    throw new BadDataError(
      `no account of the book has collateral on the terms of ${book.markets[row]!.label}, so that ${field} changes nothing; ` +
        'an account in an e-mode is on the terms of that',
    );
  const column = book.legs[field].slice();
  for (const leg of on) column[leg] = value;
  const changed: BookContent = { ...book, legs: { ...book.legs, [field]: column } };
  if (field !== 'liquidationThreshold') return changed;
  // Nobody may borrow up to more than the line at which everybody is liquidated.
  const loanToValue = changed.legs.loanToValue.slice();
  for (const leg of on) loanToValue[leg] = Math.min(loanToValue[leg]!, value);
  return withExactThreshold({ ...changed, legs: { ...changed.legs, loanToValue } }, { on, row, value });
}

function withExactThreshold(
  book: BookContent,
  { on, row, value }: { readonly on: readonly number[]; readonly row: MarketRow; readonly value: number },
): BookContent {
  const { mechanism } = book.venues[book.markets[row]!.venue]!;
  const scale = mechanisms[mechanism].thresholdScale;
  if (scale === undefined) return book;
  const exact = BigInt(Math.round(value * Number(scale)));
  if (Math.abs(Number(exact) / Number(scale) - value) > 1e-12)
    throw new BadDataError(
      `a liquidationThreshold of ${value} cannot be set: the venue counts in ${1 / Number(scale)}`,
    );
  const threshold = book.exact.threshold.slice();
  for (const leg of on) threshold[leg] = exact;
  return { ...book, exact: { ...book.exact, threshold } };
}
