import { gzipSync } from 'node:zlib';
import { bookChunks } from '@undertow/book';
import {
  bundleOf,
  bundleText,
  incidentReport,
  proposalReport,
  scenarioReport,
  stateReport,
  sweepReport,
  type Advised,
  type MadeOf,
  type ReportContent,
  type ReportKind,
  type ReportQuestion,
  type StateRuns,
} from '@undertow/report';
import type { SweepChunk, TailMeasures } from '@undertow/sweep';
import { assert } from '@undertow/units';
import type { BooksOfPiece } from './books-of-piece.ts';

/** What a report is made of beside its book: who makes it, what is asked, and what was run for it before. */
export interface ReportItem extends Omit<MadeOf, 'book'> {
  readonly question: ReportQuestion;
  /** Of a state. */
  readonly ran?: StateRuns | undefined;
  /** All results of a sweep. */
  readonly chunks?: readonly SweepChunk[] | undefined;
  /** Of a sweep that is a sample. */
  readonly tail?: TailMeasures | undefined;
  /** Of a proposal. */
  readonly advised?: Advised | undefined;
}

/** The very bytes of a bundle, packed, and what they are listed by. */
export interface MadeReport {
  readonly id: string;
  readonly kind: ReportKind;
  readonly subject: string;
  /** Ids of the venues that it is about. */
  readonly venues: readonly string[];
  readonly gzip: Uint8Array;
  /** Length of the bundle. */
  readonly bytes: number;
}

/** The JSON of a book, packed. */
export interface MadeBook {
  readonly gzip: Uint8Array;
  /** Length of the JSON. */
  readonly bytes: number;
}

/** Makes a report, its hashes and its bytes. @throws BadDataError for what the book lacks. */
export function doReport(books: BooksOfPiece, item: ReportItem): MadeReport {
  const { book } = books.changed;
  const content = contentOf(books, item);
  const bundle = bundleOf(content);
  const bytes = Buffer.from(bundleText(bundle));
  const { question } = item;
  const asked = question.kind === 'proposal' ? question.venues : null;
  return {
    id: bundle.id,
    kind: content.kind,
    subject: content.subject,
    venues: asked ?? book.venues.map(({ id }) => id),
    gzip: gzipSync(bytes),
    bytes: bytes.length,
  };
}

/** Writes a book as `export` does. */
export function doExport({ changed: { book } }: BooksOfPiece): MadeBook {
  const bytes = Buffer.from([...bookChunks(book)].join(''));
  return { gzip: gzipSync(bytes), bytes: bytes.length };
}

function contentOf(
  books: BooksOfPiece,
  { question, ran, chunks, tail, advised, ...of }: ReportItem,
): ReportContent {
  const { changed, plan: shared, engine } = books;
  const made: MadeOf = { ...of, book: changed.book };
  switch (question.kind) {
    case 'scenario':
      return scenarioReport(made, question.scenario);
    case 'state':
      return stateReport(made, question, ran);
    case 'incident':
      return incidentReport(made, question);
    case 'proposal':
      assert(advised !== undefined, 'a proposal was advised before');
      return proposalReport(made, question, advised);
    case 'sweep': {
      assert(shared !== undefined && chunks !== undefined, 'a sweep was run before');
      const { plan, opened, table: empty } = changed.sweepOf(shared, engine);
      const table = empty();
      for (const chunk of chunks) table.putChunk(chunk);
      return sweepReport(made, { plan, opened, engine, table, tail });
    }
  }
}
