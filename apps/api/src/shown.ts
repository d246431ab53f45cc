import { toBook, type Book, type Ledger } from '@undertow/book';
import type { FoldedLedger } from '@undertow/ledgers';

/** A height of the chain whose facts are stored. */
export interface Head {
  readonly chainId: number;
  readonly block: number;
  readonly hash: string;
  /** Unix seconds. */
  readonly time: number;
  /** True when this head replaced blocks that were shown before. */
  readonly reorg: boolean;
}

/** All of something that a book says, with the height that it stands at. */
export interface AtHead<Node> {
  readonly head: Head;
  readonly bookHash: string;
  readonly nodes: readonly Node[];
}

export interface BookAtHead {
  readonly book: Book;
  readonly head: Head;
}

/** A book with the ledger that it was made from, which does not change. */
export type LedgerAtHead = BookAtHead & { readonly ledger: Ledger };

/** A height that is or was shown. Its book is made when it is asked for. */
export class Shown implements LedgerAtHead {
  readonly head: Head;
  readonly folded: FoldedLedger;
  #book: Book | undefined;

  constructor(head: Head, folded: FoldedLedger) {
    this.head = head;
    this.folded = folded;
  }

  get ledger(): Ledger {
    return this.folded.ledger;
  }

  get book(): Book {
    this.#book ??= bookAt(this.ledger, this.head);
    return this.#book;
  }
}

/** The book of a ledger, interest accrued up to a head. */
export function bookAt(ledger: Ledger, { time }: Pick<Head, 'time'>): Book {
  return toBook(ledger, { time });
}
