import type { Book } from '@undertow/book';
import { ENGINE } from '@undertow/cascade';
import type { ReportBlock, ReportContent } from './content.ts';
import type { Origin } from './table.ts';

/** What every report is made of, beside its question. */
export interface MadeOf {
  readonly book: Book;
  /** Of the book's block; null where nobody knows it. */
  readonly blockHash: string | null;
  /** Name and version of the program. */
  readonly software: string;
  /** What the model leaves out, in whole sentences. */
  readonly assumptions: readonly string[];
}

/** What all reports on a book have in common. */
export function commonPart({
  book,
  blockHash,
  software,
  assumptions,
}: MadeOf): Pick<ReportContent, 'blocks' | 'engine' | 'software' | 'assumptions'> {
  return { blocks: [blockOf(book, blockHash)], engine: ENGINE, software, assumptions };
}

const blockOf = ({ chainId, block, time, hash }: Book, blockHash: string | null): ReportBlock => ({
  chainId,
  block,
  blockHash,
  time,
  bookHash: hash,
});

/** Figures of a book that some function said. */
export const originOf = ({ chainId, block }: Book, source: string): Origin => ({
  at: { chainId, block },
  source,
});

/** A block in words. */
export const blockWords = ({ chainId, block }: Pick<Book, 'chainId' | 'block'>): string =>
  `chain ${chainId}, block ${block}`;
