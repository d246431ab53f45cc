import type { Book } from '@undertow/book';
import { ENGINE } from '@undertow/cascade';
import { differencesOf, type Difference, type ReportBundle } from '@undertow/report';
import { makeReport, type SweepRunning } from './make-report.ts';
import { thisMaker } from './maker.ts';
import { falseSignatures } from './signing.ts';

/** What came of verifying a report whose bytes and hashes are right. */
export interface Verified {
  /** Places of signatures that are not by those who are named. */
  readonly falseSignatures: readonly number[];
  /** Undefined where nothing was computed. */
  readonly recomputed: Recomputed | undefined;
}

export type Recomputed =
  | { readonly is: 'compared'; readonly differences: readonly Difference[]; readonly madeBy: string }
  /** The book is another than that of the report. */
  | { readonly is: 'other book'; readonly bookHash: string }
  /** The report was made by an engine that gives other numbers. */
  | { readonly is: 'other engine'; readonly engine: string };

/**
 * Looks at signatures, and with a book computes every figure again. The hash of a block, and the name of the program, are what the
 * report says: no book has them.
 */
export async function verifyReport(
  bundle: ReportBundle,
  book: Book | undefined,
  running: SweepRunning | undefined,
): Promise<Verified> {
  const wrong = await falseSignatures(bundle);
  if (book === undefined || running === undefined) return { falseSignatures: wrong, recomputed: undefined };
  return { falseSignatures: wrong, recomputed: await recompute(bundle, book, running) };
}

async function recompute({ content }: ReportBundle, book: Book, running: SweepRunning): Promise<Recomputed> {
  const [at] = content.blocks;
  if (book.hash !== at!.bookHash) return { is: 'other book', bookHash: book.hash };
  if (content.engine !== ENGINE) return { is: 'other engine', engine: ENGINE };
  const { assumptions, software } = thisMaker();
  const made = { book, blockHash: at!.blockHash, software: content.software, assumptions };
  const found = await makeReport(content.question, made, running);
  return { is: 'compared', differences: differencesOf(content, found), madeBy: software };
}
