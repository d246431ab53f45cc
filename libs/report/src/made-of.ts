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

/** Where a book stands, in words. One that was made of tables has no block, and perhaps no chain. */
export function blockWords({ chainId, block }: Pick<Book, 'chainId' | 'block'>): string {
  if (block > 0) return `chain ${chainId}, block ${block}`;
  return chainId === 0 ? 'a book of tables' : `a book of tables of chain ${chainId}`;
}

const TIME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' });

/** The same with its time, `chain 1, block 9, 2026-12-01 05:54:20 UTC`, where it has one. */
export const momentWords = ({ time, ...at }: Pick<Book, 'chainId' | 'block' | 'time'>): string =>
  time > 0 ? `${blockWords(at)}, ${TIME.format(time * 1_000)} UTC` : blockWords(at);
