import {
  citation,
  isFigureUnit,
  momentWords,
  shortUnit,
  shownSentence,
  shownTables,
  shownText,
  shownValue,
  unitsNote,
  type ReportBundle,
  type ReportContent,
  type ReportKind,
  type ReportValue,
  type ShownTable,
} from '@undertow/report';
import { element, type Markup, type Piece } from '@undertow/web';
import { OPEN_GRAPH_SIZE } from './open-graph/open-graph-picture.ts';
import { chartFigure } from './chart-figure.ts';
import { reportCharts } from './report-charts.ts';
import { heading, pageText, scrolled } from './page-text.ts';

/** Rows of a table on the page: all of it is in the bundle and in the CSV. */
const MOST_ROWS = 30;

const KIND_WORDS: Readonly<Record<ReportKind, string>> = {
  scenario: 'One cascade, round by round',
  sweep: 'Many scenarios: how much is lost how often',
  state: 'How venues, owners, prices and markets stand',
  proposal: 'Which parameters would hold, and why',
  incident: 'What was predicted, and what happened',
};

export interface ReportPageOptions {
  /** Of the report in the web, where it has one: the page then names its files, and posts that link to it show its picture. */
  readonly address?: string;
}

/**
 * A report as a page of HTML that needs nothing else: no script, no file, no network. Plain words first, then charts, figures, tables,
 * what the model leaves out, and how to check it.
 */
export function reportPage(bundle: ReportBundle, { address }: ReportPageOptions = {}): string {
  const { content, id } = bundle;
  const subject = shownSentence(content.subject);
  return pageText({
    title: subject,
    description: shownSentence(content.summary[0] ?? ''),
    report: id,
    more: address !== undefined && addressTags(address, subject),
    parts: [head(content, subject), body(content), foot(bundle, address)],
  });
}

/** What a post shows of a link to the page. */
const addressTags = (address: string, subject: string): Piece => [
  element('meta', { property: 'og:type', content: 'article' }),
  element('meta', { property: 'og:site_name', content: 'Undertow' }),
  element('meta', { property: 'og:url', content: address }),
  element('meta', { property: 'og:image', content: `${address}/picture.png` }),
  element('meta', { property: 'og:image:type', content: 'image/png' }),
  element('meta', { property: 'og:image:width', content: String(OPEN_GRAPH_SIZE.width) }),
  element('meta', { property: 'og:image:height', content: String(OPEN_GRAPH_SIZE.height) }),
  element('meta', { property: 'og:image:alt', content: subject }),
  element('meta', { name: 'twitter:card', content: 'summary_large_image' }),
  element('link', { rel: 'canonical', href: address }),
  element('link', { rel: 'alternate', type: 'application/json', href: `${address}/report.json` }),
];

function head(content: ReportContent, subject: string): Piece {
  return element(
    'header',
    {},
    element('h1', {}, subject),
    element('p', { class: 'kind' }, `${KIND_WORDS[content.kind]}. ${blockSentence(content)}`),
    element(
      'ul',
      { class: 'summary' },
      content.summary.map((one) => element('li', {}, shownSentence(one))),
    ),
  );
}

const blockSentence = ({ blocks }: ReportContent): string =>
  blocks.map((block) => `${capital(momentWords(block))}.`).join(' ');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function body(content: ReportContent): Piece {
  const tables = shownTables(content, MOST_ROWS);
  return [
    reportCharts(content).map(chartFigure),
    figuresPart(content),
    tables.filter(({ isDetail }) => !isDetail).map(tablePart),
    tables.filter(({ isDetail }) => isDetail).map(tablePart),
    element(
      'section',
      { id: 'assumptions' },
      element('h2', {}, 'Assumptions and limits'),
      element(
        'ul',
        {},
        content.assumptions.map((one) => element('li', {}, shownSentence(one))),
      ),
    ),
  ];
}

function figuresPart({ figures }: ReportContent): Markup {
  const rows = figures.map(({ label, value, unit, source, chainId, block }) =>
    element(
      'tr',
      {},
      element('td', {}, shownText(label)),
      element('td', { class: 'figure' }, exact(value, unit)),
      element('td', {}, shownText(unit)),
      element('td', { class: 'note' }, `${shownText(source)}, chain ${chainId}, block ${block}`),
    ),
  );
  return element(
    'section',
    { id: 'figures' },
    element('h2', {}, 'Figures'),
    scrolled(
      'Figures',
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ...['Figure', 'Value', 'Unit', 'Source'].map((text) => heading(text, text === 'Value')),
          ),
        ),
        element('tbody', {}, rows),
      ),
    ),
  );
}

function tablePart(table: ShownTable): Markup {
  const { name, title, columns, rows, more } = table;
  const drawn = element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        columns.map(({ label, unit }) => heading(shownText(label), isFigureUnit(unit), shortUnit(unit))),
      ),
    ),
    element(
      'tbody',
      {},
      rows.map((row) =>
        element(
          'tr',
          {},
          row.map((value, at) => {
            const { unit } = columns[at]!;
            return element('td', { class: isFigureUnit(unit) ? 'figure' : 'words' }, exact(value, unit));
          }),
        ),
      ),
    ),
  );
  const rest = more > 0 ? `${more} more rows in the bundle and the CSV. ` : '';
  return element(
    'section',
    { id: `table-${name}` },
    element('h2', {}, title),
    scrolled(title, drawn),
    element('p', { class: 'note' }, `${rest}${shownSentence(unitsNote(table))}`),
  );
}

/** A figure as it is read, with the whole of it for programs. */
function exact(value: ReportValue, unit: string): Piece {
  const text = shownValue(value, unit);
  return typeof value === 'number' ? element('data', { value: String(value) }, text) : text;
}

/** Files of a report that are beside its address. */
const FILES = [
  ['report.json', 'the bundle: the report as data'],
  ['book.json', 'all inputs'],
  ['report.md', 'a post for a forum'],
  ['tables.zip', 'all tables as CSV'],
  ['picture.png', 'the picture of a link'],
] as const;

const filesPart = (address: string): Piece => [
  element('h2', {}, 'Take it along'),
  element(
    'ul',
    {},
    FILES.map(([file, what]) =>
      element('li', {}, element('a', { href: `${address}/${file}` }, file), `: ${what}`),
    ),
  ),
];

function foot(bundle: ReportBundle, address: string | undefined): Markup {
  return element(
    'section',
    { id: 'check' },
    element('h2', {}, 'Check it'),
    element(
      'p',
      {},
      'Whoever has the bundle and the book can compute every figure again, on any machine: ',
      element('code', {}, `undertow verify ${address === undefined ? '' : `${address}/`}report.json`),
      '. It says which figure differs, if one does.',
    ),
    element('h2', {}, 'Cite it'),
    element(
      'pre',
      {},
      [...citation(bundle).map(shownSentence), ...(address === undefined ? [] : [address])].join('\n'),
    ),
    address !== undefined && filesPart(address),
  );
}
