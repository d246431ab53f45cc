import { inertMarkdown } from '@undertow/advice';
import type { ReportBundle } from '../bundle.ts';
import type { ReportContent, ReportFigure } from '../content.ts';
import { authorWords } from './author-words.ts';
import { citation } from './citation.ts';
import { shownTables, unitsNote, type ShownTable } from './shown-tables.ts';
import {
  isFigureUnit,
  isSentences,
  NOTHING,
  shortUnit,
  shownSentence,
  shownText,
  shownValue,
} from './shown-value.ts';

/** Rows of a table in a post; forums take some ten thousand characters. */
const MOST_ROWS = 8;

/** A picture that lies beside the post. */
export interface PostPicture {
  readonly file: string;
  /** What it shows, in words: who cannot see it reads this. */
  readonly words: string;
}

/**
 * A report as a post for a forum: what a reader must know first, then figures and tables, then how to check it. Whatever strangers
 * wrote (symbols, names of venues, reasons) is text in it and nothing else.
 */
export function reportMarkdown(bundle: ReportBundle, pictures: readonly PostPicture[] = []): string {
  const { content } = bundle;
  const parts = [
    `## ${sentence(content.subject)}`,
    content.summary.map((one) => `- ${sentence(one)}`).join('\n'),
    ...pictures.map(({ file, words }) => `![${sentence(words)}](${encodeURI(file)})`),
    '### Figures',
    figuresTable(content),
    ...shownTables(content, MOST_ROWS)
      .filter(({ isDetail }) => !isDetail)
      .flatMap(tableParts),
    '### Assumptions and limits',
    content.assumptions.map((one) => `- ${sentence(firstSentence(one))}`).join('\n'),
    ...authorWords(content).flatMap(({ title, text }) => [`### ${title}`, sentence(text)]),
    '### Check it',
    block(citation(bundle)),
    `${code('undertow verify <bundle>')} computes every figure again from the book of these blocks, and names what differs.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function figuresTable({ figures }: ReportContent): string {
  return rowsOf(
    ['Figure', 'Value', 'Unit'],
    figures.map((figure: ReportFigure) => [
      sentence(figure.label),
      cell(shownValue(figure.value, figure.unit)),
      sentence(figure.unit),
    ]),
    [false, true, false],
  );
}

function tableParts(table: ShownTable): string[] {
  const { title, columns, rows, more } = table;
  const heads = columns.map(({ label, unit }) => {
    const short = shortUnit(unit);
    return sentence(short === '' ? label : `${label}, ${short}`);
  });
  const cells = rows.map((row) =>
    row.map((value, at) => {
      const { unit } = columns[at]!;
      const text = shownValue(value, unit);
      return typeof value === 'string' && !isSentences(unit) ? code(text) : sentence(text);
    }),
  );
  const rest = more > 0 ? `${more} more in the bundle. ` : '';
  return [
    `### ${sentence(title)}`,
    rowsOf(
      heads,
      cells,
      columns.map(({ unit }) => isFigureUnit(unit)),
    ),
    `<sub>${sentence(`${rest}${unitsNote(table)}`)}</sub>`,
  ];
}

function rowsOf(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  isRight: readonly boolean[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(isRight.map((right) => (right ? '--:' : '---'))), ...rows.map(line)].join('\n');
}

/** What stands before the first full stop: the lead of an assumption. */
const firstSentence = (text: string): string => /^.*?\.(?= |$)/su.exec(text)?.[0] ?? text;

/** A sentence of which nothing is a mark. */
const sentence = (text: string): string => inertMarkdown(shownSentence(text));

const cell = (text: string): string => sentence(shownText(text));

/** Text of strangers as code, in which nothing means anything; the fence is longer than any in it. */
function code(text: string): string {
  const inside = text.replaceAll('|', '\\|');
  const longest = longestFence(inside);
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || inside.startsWith(' ') || inside.endsWith(' ') ? ' ' : '';
  return inside.trim() === '' ? NOTHING : `${fence}${pad}${inside}${pad}${fence}`;
}

/** Lines as a block of code, to be copied as they are. */
function block(lines: readonly string[]): string {
  const text = lines.map(shownSentence).join('\n');
  const fence = '`'.repeat(Math.max(3, longestFence(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

const longestFence = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
