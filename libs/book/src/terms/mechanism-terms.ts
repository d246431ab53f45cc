import type { BookContent } from '../file/canonical.ts';
import type { MarketRow, VenueRow } from '../rows.ts';
import type { MarketTerm, VenueTerm } from './override.ts';

/** The terms that a mechanism has and that `withTerms` may change. */
export interface MechanismTerms {
  readonly market: readonly MarketTerm[];
  readonly venue: readonly VenueTerm[];
  /** What else follows from a changed term of a market at such a venue, in its columns and integers. */
  readonly followMarket?: (
    book: BookContent,
    change: { readonly market: MarketRow; readonly field: MarketTerm; readonly value: number },
  ) => BookContent;
  /** The same for a term of the whole venue, whose rule has the new value already. */
  readonly followVenue?: (
    book: BookContent,
    change: { readonly venue: VenueRow; readonly field: VenueTerm; readonly value: number },
  ) => BookContent;
}

/** A mechanism none of whose terms can be changed. */
export const NO_TERMS: MechanismTerms = { market: [], venue: [] };
