import {
  comparisonSentences,
  comparisonTables,
  shownText,
  shownValue,
  type Comparison,
  type ComparisonTable,
  type FigureChange,
} from '@undertow/report';
import { element, paletteOf, type Markup } from '@undertow/web';
import { chartFigure } from './chart-figure.ts';
import type { ReportChart } from './chart.ts';
import { clipped } from './open-graph/small-chart.ts';
import { heading, pageText, scrolled } from './page-text.ts';

/** Rows of a table on the page. */
const MOST_ROWS = 60;

/** A comparison of two reports as a page of HTML that needs nothing else. */
export function comparisonPage(comparison: Comparison): string {
  const { kind, before, after } = comparison;
  const title = `What changed between two reports (${kind})`;
  const sentences = comparisonSentences(comparison);
  const chart = movedChart(comparison);
  return pageText({
    title,
    description: sentences.slice(0, 2).join(' '),
    report: `${before.id} ${after.id}`,
    parts: [
      element('h1', {}, title),
      element(
        'ul',
        { class: 'summary' },
        sentences.map((one) => element('li', {}, one)),
      ),
      chart && chartFigure(chart),
      comparisonTables(comparison, MOST_ROWS).map(tablePart),
      element('h2', {}, 'The two reports'),
      element('pre', {}, `before ${before.id}\nafter  ${after.id}`),
    ],
  });
}

function tablePart({ name, title, columns, rows, note }: ComparisonTable): Markup | undefined {
  if (rows.length === 0) return undefined;
  return element(
    'section',
    { id: name },
    element('h2', {}, title),
    scrolled(
      title,
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            columns.map(({ label, isFigure }) => heading(label, isFigure)),
          ),
        ),
        element(
          'tbody',
          {},
          rows.map((row) =>
            element(
              'tr',
              {},
              row.map((cell, at) =>
                element('td', { class: columns[at]!.isFigure ? 'figure' : 'words' }, cell),
              ),
            ),
          ),
        ),
      ),
    ),
    note !== '' && element('p', { class: 'note' }, note),
  );
}

/** The first figure in money whose change is known by input; where only one input changed there is nothing to draw. */
function movedChart({ figures }: Comparison): ReportChart | undefined {
  const found = figures.find(
    ({ moved, unit }) =>
      unit.startsWith('USD') && (moved?.parts.filter(({ change }) => change !== 0).length ?? 0) > 1,
  );
  if (!found?.moved) return undefined;
  const bars = [
    ...found.moved.parts.flatMap(({ input, change }) => (change ? [{ label: input as string, change }] : [])),
    ...(found.moved.interaction === 0 ? [] : [{ label: 'interaction', change: found.moved.interaction }]),
    { label: 'all together', change: found.difference ?? 0 },
  ];
  return {
    name: 'moved',
    title: `What moved: ${shownText(found.label)}`,
    words: `${bars.map(({ label, change }) => `${label} ${changeText(change, found)}`).join(', ')}.`,
    draw: ({ theme, width }) => ({ svg: barsOf(bars, found, { palette: paletteOf(theme), width }) }),
  };
}

const changeText = (change: number, { unit }: FigureChange) =>
  `${change > 0 ? '+' : ''}${shownValue(change, unit)} USD`;

const [STEP, LABEL, FIGURE] = [34, 110, 120];

function barsOf(
  bars: readonly { readonly label: string; readonly change: number }[],
  found: FigureChange,
  { palette, width }: { readonly palette: ReturnType<typeof paletteOf>; readonly width: number },
): Markup {
  const room = width - LABEL - FIGURE;
  const changes = bars.map(({ change }) => change);
  const [least, most] = [Math.min(0, ...changes), Math.max(0, ...changes)];
  const at = (value: number) => Math.round(((value - least) / (most - least || 1)) * room * 10) / 10;
  const height = bars.length * STEP;
  return element(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, 'font-size': 13 },
    bars.map(({ label, change }, row) =>
      element(
        'g',
        { transform: `translate(0,${row * STEP})` },
        element('text', { y: 21, fill: palette.ink }, clipped(label, LABEL, 13)),
        element('rect', {
          ...{ x: LABEL + at(Math.min(0, change)), y: 7, height: 20 },
          ...{ width: Math.max(1, Math.abs(at(change) - at(0))) },
          fill: palette.categories[change < 0 ? 2 : 4],
        }),
        element(
          'text',
          { x: width, y: 21, 'text-anchor': 'end', fill: palette.ink },
          changeText(change, found),
        ),
      ),
    ),
    element('line', { x1: LABEL + at(0), x2: LABEL + at(0), y2: height, stroke: palette.muted }),
  );
}
