import { reportCsv, reportMarkdown, type ReportBundle } from '@undertow/report';
import { openGraphPicture, pngOf, reportPage, reportPictures } from '@undertow/report-page';
import { zipSync, type Zippable } from 'fflate';

/** A form of a report, as it is answered. */
export interface ReportForm {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** Pixels of a chart as PNG: twice as many as it has, so that it is sharp on screens of today. */
const PNG_WIDTH = 1_800;
const HTML = 'text/html; charset=utf-8';
const MARKDOWN = 'text/markdown; charset=utf-8';
const CSV = 'text/csv; charset=utf-8; header=present';
const SVG = 'image/svg+xml';
const PNG = 'image/png';
const ZIP = 'application/zip';

/**
 * A form of a report by the name of its file; '' is the page. Undefined where a report has no such file.
 *
 * @param address of the report in the web, without a slash at its end: posts and pages name it.
 */
export function reportForm(bundle: ReportBundle, file: string, address: string): ReportForm | undefined {
  if (file === '') return { type: HTML, body: reportPage(bundle, { address }) };
  if (file === 'report.html') return { type: HTML, body: reportPage(bundle) };
  if (file === 'report.md') return { type: MARKDOWN, body: post(bundle, address) };
  if (file === 'tables.zip') return { type: ZIP, body: zipped(bundle) };
  if (file === 'picture.svg') return { type: SVG, body: openGraphPicture(bundle) };
  if (file === 'picture.png') return { type: PNG, body: pngOf(openGraphPicture(bundle)) };
  const table = reportCsv(bundle).find(({ name }) => `tables/${name}` === file);
  if (table) return { type: CSV, body: table.text };
  const picture = reportPictures(bundle).find((one) => one.file === file || pngName(one.file) === file);
  if (!picture) return undefined;
  return picture.file === file
    ? { type: SVG, body: picture.svg }
    : { type: PNG, body: pngOf(picture.svg, PNG_WIDTH) };
}

/** A post whose pictures are where they can be seen: forums take PNG, and few take SVG. */
function post(bundle: ReportBundle, address: string): string {
  const pictures = reportPictures(bundle).map(({ file, words }) => ({
    file: `${address}/${pngName(file)}`,
    words,
  }));
  return `${reportMarkdown(bundle, pictures)}\nReport, data and book: <${address}>\n`;
}

const pngName = (file: string) => file.replace(/\.svg$/, '.png');

/** All tables. Their time is that of the block: the same report gives the same bytes. */
function zipped(bundle: ReportBundle): Uint8Array {
  const [at] = bundle.content.blocks;
  const files: Zippable = Object.fromEntries(
    reportCsv(bundle).map(({ name, text }) => [name, new TextEncoder().encode(text)]),
  );
  return zipSync(files, { mtime: timeOfZip(at!.time) });
}

/** A time that a zip can say, from 1980 on; it has no time zone, so that the clock of UTC is what stands in it. */
function timeOfZip(seconds: number): Date {
  const utc = new Date(Math.max(seconds, Date.UTC(1980, 0, 2) / 1_000) * 1_000);
  return new Date(
    ...([utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate()] as const),
    ...([utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds()] as const),
  );
}
