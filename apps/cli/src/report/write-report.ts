import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bookChunks, type Book } from '@undertow/book';
import { bundleText, reportCsv, reportMarkdown, type ReportBundle } from '@undertow/report';
import { openGraphPicture, pngOf, reportPage, reportPictures } from '@undertow/report-page';
import { ConfigError } from '@undertow/units';
import { writeWhole } from '../import/write-whole.ts';

/** Names of the files of a report, in its folder. */
export const REPORT_FILE = 'report.json';
export const BOOK_FILE = 'book.json';
export const PAGE_FILE = 'report.html';
export const POST_FILE = 'report.md';
export const PDF_FILE = 'report.pdf';
export const PICTURE_NAME = 'picture';
const TABLES_FOLDER = 'tables';
/** Pixels of a chart as PNG: twice as many as it has, so that it is sharp on screens of today. */
const PNG_WIDTH = 1_800;

/**
 * Writes a report into a folder: the bundle and the book, which together are all that verifying needs; a post with its pictures, the
 * picture that stands beside its address, a page, and every table as CSV. Files of these names that are there are replaced.
 *
 * @throws ConfigError when something cannot be written.
 */
export function writeReport(bundle: ReportBundle, book: Book, folder: string): void {
  makeFolder(join(folder, TABLES_FOLDER));
  writeWhole(join(folder, REPORT_FILE), [bundleText(bundle)]);
  writeWhole(join(folder, BOOK_FILE), bookChunks(book));
  writeForms(bundle, folder);
  const picture = openGraphPicture(bundle);
  writeWhole(join(folder, `${PICTURE_NAME}.svg`), [picture]);
  writeWhole(join(folder, `${PICTURE_NAME}.png`), pngOf(picture));
  for (const { file, svg } of reportPictures(bundle)) {
    writeWhole(join(folder, file), [svg]);
    writeWhole(join(folder, pngName(file)), pngOf(svg, PNG_WIDTH));
  }
  for (const { name, text } of reportCsv(bundle)) writeWhole(join(folder, TABLES_FOLDER, name), [text]);
}

/** Writes what says who signed: the post and the page. */
export function writeForms(bundle: ReportBundle, folder: string): void {
  // Forums take PNG, and few take SVG.
  const pictures = reportPictures(bundle).map(({ file, words }) => ({ file: pngName(file), words }));
  writeWhole(join(folder, POST_FILE), [reportMarkdown(bundle, pictures)]);
  writeWhole(join(folder, PAGE_FILE), [reportPage(bundle)]);
}

const pngName = (file: string) => file.replace(/\.svg$/, '.png');

/** A folder with those above it. @throws ConfigError that says where else to write. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new ConfigError(
      `Cannot make ${folder}: ${(cause as Error).message}. Choose another folder with --out.`,
      { cause },
    );
  }
}
