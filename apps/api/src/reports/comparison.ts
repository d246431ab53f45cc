import { gunzipSync } from 'node:zlib';
import { importBookPieces } from '@undertow/book';
import {
  compareReports,
  exchangeKey,
  exchangesOf,
  scenarioReport,
  stateReport,
  type Comparison,
  type Exchanged,
  type MadeOf,
  type ReportAtHand,
  type ReportBundle,
  type ReportContent,
  type ReportQuestion,
} from '@undertow/report';
import { BadDataError } from '@undertow/units';

/** A report as it is kept: its bundle and its book, packed. */
export interface PackedReport {
  readonly bundle: Uint8Array;
  readonly book: Uint8Array | undefined;
}

/** Accounts of a book up to which every choice of inputs is computed. */
const MOST_FOR_ALL = 20_000;

/**
 * What changed between two reports of one kind, and of scenarios and states which input moved it: these take seconds. A sweep for each
 * input would take minutes, which is for `undertow report compare`.
 *
 * @throws BadDataError for reports that cannot be compared.
 */
export function comparisonOf(before: PackedReport, after: PackedReport): Comparison {
  const [from, to] = [bundleIn(before.bundle), bundleIn(after.bundle)];
  // Refused before a book is read.
  const light = compareReports(atHand(from), atHand(to), undefined);
  if (!isQuick(from.content.question) || before.book === undefined || after.book === undefined) return light;
  const [own, other] = [atHand(from, before.book), atHand(to, after.book)];
  return compareReports(own, other, exchanged(own, other));
}

/** Bundles come from the database, where they lie as this program wrote them. */
export const bundleIn = (gzip: Uint8Array): ReportBundle =>
  JSON.parse(gunzipSync(gzip).toString()) as ReportBundle;

const atHand = (bundle: ReportBundle, book?: Uint8Array): ReportAtHand => ({
  bundle,
  book: book && importBookPieces([gunzipSync(book)]),
});

const isQuick = ({ kind }: ReportQuestion): boolean => kind === 'scenario' || kind === 'state';

function exchanged(before: ReportAtHand, after: ReportAtHand): Exchanged {
  const found = new Map<string, ReportContent | undefined>();
  const { software, assumptions, blocks, kind } = before.bundle.content;
  const isSmall = kind === 'scenario' && before.book!.accounts.count <= MOST_FOR_ALL;
  for (const { inputs, book, question } of exchangesOf(before, after, isSmall ? 'all' : 'alone')) {
    const made = { blockHash: blocks[0]!.blockHash, software, assumptions };
    found.set(exchangeKey(inputs), book && possible({ ...made, book }, question));
  }
  return found;
}

/** A mixed book may lack what the question asks for, such as a price of an asset that is new. */
function possible(made: MadeOf, question: ReportQuestion): ReportContent | undefined {
  try {
    if (question.kind === 'scenario') return scenarioReport(made, question.scenario);
    return question.kind === 'state' ? stateReport(made, question) : undefined;
  } catch (error) {
    if (error instanceof BadDataError) return undefined;
    throw error;
  }
}
