import { join } from 'node:path';
import type { Book } from '@undertow/book';
import {
  compareReports,
  comparisonMarkdown,
  exchangeKey,
  exchangesOf,
  type Exchanged,
  type ReportAtHand,
  type ReportContent,
} from '@undertow/report';
import { comparisonPage } from '@undertow/report-page';
import { BadDataError } from '@undertow/units';
import { asUsage, UsageError } from '../explain-error.ts';
import { writeWhole } from '../import/write-whole.ts';
import { jsonPieces, jsonText } from '../json-text.ts';
import { print, printPieces, printReadable } from '../print.ts';
import { stopSignal } from '../stop-signal.ts';
import { terminalWidth } from '../terminal-width.ts';
import { withThreads, type Running } from '../with-threads.ts';
import { comparisonText } from './comparison-text.ts';
import { makeReport, type SweepRunning } from './make-report.ts';
import { thisMaker } from './maker.ts';
import { readReport, readReportBook } from './read-report.ts';
import { makeFolder } from './write-report.ts';

/** Accounts of a book up to which every choice of inputs is computed. */
const MOST_FOR_ALL = 20_000;

export interface CompareOptions {
  /** Without computing anything again: what changed, and not which input moved it. */
  readonly light?: boolean;
  /** The books, when they do not lie beside the bundles as book.json. */
  readonly bookBefore?: string;
  readonly bookAfter?: string;
  readonly threads?: number;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: boolean;
  /** A folder for all forms. */
  readonly out?: string;
}

/** Compares two reports of one kind: what changed, and which input moved it. */
export async function runCompare(
  places: readonly [string, string],
  options: CompareOptions,
  { signal, pool: given }: Running = { signal: stopSignal() },
): Promise<void> {
  const { light = false, threads, json, markdown, html, out } = options;
  if ([json, markdown, html, out].filter(Boolean).length > 1)
    throw new UsageError('Give one of --json, --markdown, --html and --out.');
  const before = await atHand(places[0], options.bookBefore, light);
  const after = await atHand(places[1], options.bookAfter, light);
  const compare = (exchanged: Exchanged | undefined) =>
    asUsage(() => compareReports(before, after, exchanged), 'These cannot be compared: ');
  // Refused before anything is computed.
  compare(undefined);
  const canCompute = before.book !== undefined && after.book !== undefined;
  const comparison = compare(
    canCompute
      ? await withThreads({ threads, pool: given }, (pool) => exchanged(before, after, { pool, signal }))
      : undefined,
  );
  if (out !== undefined) {
    makeFolder(out);
    writeWhole(join(out, 'comparison.json'), [jsonText(comparison)]);
    writeWhole(join(out, 'comparison.md'), [comparisonMarkdown(comparison)]);
    writeWhole(join(out, 'comparison.html'), [comparisonPage(comparison)]);
    process.stderr.write(`Wrote comparison.json, comparison.md and comparison.html into ${out}\n`);
    return;
  }
  if (json) return printPieces(jsonPieces(comparison));
  if (markdown || html)
    return void (await print(markdown ? comparisonMarkdown(comparison) : comparisonPage(comparison)));
  return printReadable(comparisonText(comparison, terminalWidth()));
}

async function atHand(place: string, file: string | undefined, light: boolean): Promise<ReportAtHand> {
  const bundle = await readReport(place).catch((cause: unknown) => {
    if (!(cause instanceof BadDataError)) throw cause;
    throw new BadDataError(`${place} is refused: ${cause.message}`, { cause });
  });
  const book = light ? undefined : await bookOf(place, file);
  const { bookHash } = bundle.content.blocks[0]!;
  if (book !== undefined && book.hash !== bookHash)
    throw new BadDataError(
      `the book of ${place} has hash ${book.hash}, and the report is of ${bookHash}: name the right one, or leave books out with --light`,
    );
  return { bundle, book };
}

/** A book that nobody named may be missing: then it is told what changed, and not why. */
async function bookOf(place: string, file: string | undefined): Promise<Book | undefined> {
  try {
    return await readReportBook(place, file);
  } catch (error) {
    if (file !== undefined || error instanceof BadDataError) throw error;
    return undefined;
  }
}

async function exchanged(
  before: ReportAtHand,
  after: ReportAtHand,
  running: SweepRunning,
): Promise<Exchanged> {
  const found = new Map<string, ReportContent | undefined>();
  const { content } = before.bundle;
  // Thirty cascades take seconds, thirty sweeps do not.
  const isQuick = content.kind === 'scenario' && before.book!.accounts.count <= MOST_FOR_ALL;
  for (const { inputs, book, question } of exchangesOf(before, after, isQuick ? 'all' : 'alone')) {
    const made = { blockHash: content.blocks[0]!.blockHash, ...thisMaker() };
    found.set(
      exchangeKey(inputs),
      book && (await possible(() => makeReport(question, { book, ...made }, running))),
    );
  }
  return found;
}

/** A mixed book may lack what the question asks for, such as a price of an asset that is new. */
async function possible(make: () => Promise<ReportContent>): Promise<ReportContent | undefined> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof UsageError || error instanceof BadDataError) return undefined;
    throw error;
  }
}
