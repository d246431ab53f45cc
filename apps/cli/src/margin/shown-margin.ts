import type { Book, OwnerAccount } from '@undertow/book';
import type { MarginReport } from '@undertow/margin';
import type { Address } from '@undertow/market';

/** What is shown of an owner. */
export interface ShownMargin {
  readonly address: Address;
  readonly book: Book;
  readonly report: MarginReport;
  /** Accounts that are known and not in the book, with their reasons. */
  readonly leftOut: readonly OwnerAccount[];
  /** Why there are no prices; undefined where there are. */
  readonly noPrices: string | undefined;
}

/** The venue and market of an account, and why it is not in the book, where that is known. */
export const placeOf = ({ venue, market, reason }: OwnerAccount): string =>
  `${venue.id}${market === '' ? '' : ` ${market}`}${reason === undefined ? '' : ` (${reason})`}`;
