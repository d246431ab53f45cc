import type { Book } from './book.ts';
import type { MarketRow } from './rows.ts';

/** The market that a name stands for at a venue, or a sentence for a person that says why there is none. */
export type FoundMarket = { readonly row: MarketRow } | { readonly problem: string };

/** As much of a name as a message repeats. */
const LONGEST_NAME = 60;

/** Finds a market of a venue by its id, or by its label where no other market of the venue has that. */
export function findMarket(
  { markets, venues }: Pick<Book, 'markets' | 'venues'>,
  venue: string,
  name: string,
): FoundMarket {
  const own = markets.flatMap((market, row) =>
    venues[market.venue]!.id === venue ? [{ ...market, row }] : [],
  );
  const byId = own.find(({ id }) => id === name);
  if (byId) return { row: byId.row as MarketRow };
  const found = own.filter(({ label }) => label === name);
  if (found.length === 1) return { row: found[0]!.row as MarketRow };
  const list = (some: typeof own) => some.map(({ label, id }) => `${label} (${id})`).join(', ') || 'none';
  const shown = JSON.stringify(name.slice(0, LONGEST_NAME));
  return {
    problem:
      found.length > 1
        ? `${venue} has several markets ${shown}; name one by its id: ${list(found)}`
        : `${venue} has no market ${shown}; the book has ${list(own)}`,
  };
}
