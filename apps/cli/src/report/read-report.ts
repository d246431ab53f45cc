import { dirname, join } from 'node:path';
import { importBookPieces, type Book } from '@undertow/book';
import { MOST_BUNDLE_BYTES, readBundle, type ReportBundle } from '@undertow/report';
import { BadDataError, ConfigError } from '@undertow/units';
import { readBookFile } from '../book-source.ts';
import { UsageError } from '../explain-error.ts';
import { readAtMost } from '../read-at-most.ts';
import { BOOK_FILE } from './write-report.ts';

const MOST_MS = 120_000;
/** Of a book from the web, which is kept whole while it is read: of some hundred thousand accounts. */
const MOST_FETCHED_BYTES = 256 * 1_024 * 1_024;

/** Whether a bundle is named by an address of the web. */
export const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * Reads a bundle from a file or an address.
 *
 * @throws BadDataError that names the place at fault, for what is no bundle, or was changed; UsageError and ConfigError where there is
 *   nothing to read.
 */
export async function readReport(place: string): Promise<ReportBundle> {
  return readBundle(isUrl(place) ? await fetched(place, MOST_BUNDLE_BYTES) : fileBytes(place));
}

/**
 * The book of a bundle: the file that is named, else that which lies beside the bundle.
 *
 * @throws UsageError or BadDataError for what is no book.
 */
export async function readReportBook(place: string, file: string | undefined): Promise<Book> {
  if (file !== undefined && !isUrl(file)) return readBookFile(file);
  if (file === undefined && !isUrl(place)) return readBookFile(join(dirname(place), BOOK_FILE));
  const url = file ?? new URL(BOOK_FILE, place).href;
  try {
    return importBookPieces([await fetched(url, MOST_FETCHED_BYTES)]);
  } catch (cause) {
    if (!(cause instanceof BadDataError)) throw cause;
    throw new BadDataError(`${url} cannot be read as a book: ${cause.message}`, { cause });
  }
}

function fileBytes(path: string): Uint8Array {
  let found: ReturnType<typeof readAtMost>;
  try {
    found = readAtMost(path, MOST_BUNDLE_BYTES);
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}. Name a report.json that "undertow report" wrote.`, { cause });
  }
  if (found.is === 'no file')
    throw new UsageError(`${path} is no plain file: name the report.json in the folder of a report.`);
  if (found.is === 'too long')
    throw new BadDataError(`it is larger than ${MOST_BUNDLE_BYTES / 1_024 ** 2} MB, which no report is`);
  return found.bytes;
}

async function fetched(url: string, most: number): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(MOST_MS) });
  } catch (cause) {
    throw new ConfigError(`Cannot reach ${url}.`, { cause });
  }
  if (!response.ok || response.body === null)
    throw new ConfigError(`${url} answers ${response.status}, and no report.`);
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    total += chunk.length;
    // What is endless is not read to its end.
    if (total > most)
      throw new BadDataError(`${url} gives more than ${most / 1_024 ** 2} MB, which is too large`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
