import { legPriceUsd, ownValues, type Book } from '@undertow/book';
import type { ParameterPlace } from '../parameters/parameters-of.ts';

/** How much of a market's collateral (of a borrow cap: debt) the largest owners have, shares from 0 to 1. */
export interface Concentration {
  readonly owners: number;
  readonly largest: number;
  readonly largestFive: number;
}

/** Shares of the largest owners; undefined where nobody has anything there. Owners are addresses: who has several counts as several. */
export function concentrationOf(
  book: Book,
  { parameter, marketRow, venueRow }: ParameterPlace,
): Concentration | undefined {
  const { accounts, legs } = book;
  const values = ownValues(book);
  const byOwner = new Map<string, number>();
  const side = parameter.kind === 'borrowCap' ? -1 : 1;
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venueRow) continue;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const own = side === 1 ? legs.termsMarket[leg] : legs.market[leg];
      if (legs.side[leg] !== side || (marketRow !== undefined && own !== marketRow)) continue;
      const owner = accounts.owner[account]!;
      byOwner.set(owner, (byOwner.get(owner) ?? 0) + legs.amount[leg]! * legPriceUsd(values, leg));
    }
  }
  const sorted = [...byOwner.values()].filter((usd) => usd > 0).sort((a, b) => b - a);
  const all = sorted.reduce((sum, usd) => sum + usd, 0);
  if (!(all > 0)) return undefined;
  const share = (many: number) => sorted.slice(0, many).reduce((sum, usd) => sum + usd, 0) / all;
  return { owners: sorted.length, largest: share(1), largestFive: share(5) };
}
