import { minute } from '../format/time.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { section } from '../page/section.ts';
import { themeOf, type State } from '../page/state.ts';
import { table } from '../page/table.ts';
import { historyChart, historySentence, measureTitle } from './chart.ts';
import type { MeasureLine } from './load.ts';

const SMALLEST_CHART = 210;
const GAP = 14;

/** What was measured over time: how the loss of a fall, the debt and what is due have moved. */
export function historyPanel(state: State): Markup {
  return section({
    id: 'history',
    title: 'Over time',
    loaded: state.history,
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'Every few minutes the newest book is measured, and what comes out is kept: how much lenders would lose if a reference fell by 30 %, and how much is owed, held and due. The line is the last value of each step, the band all values within it.',
    ),
    body: (lines) => body(state, lines),
  });
}

function body(state: State, lines: readonly MeasureLine[]): Piece {
  if (lines.length === 0)
    return element('p', { class: 'waiting' }, 'Nothing has been measured yet: the first comes in a minute.');
  const width = state.widths['history'] ?? 0;
  const columns = Math.max(1, Math.floor(width / SMALLEST_CHART));
  const chartWidth = Math.floor((width - (columns - 1) * GAP) / columns);
  return [
    element(
      'div',
      { class: 'plot', 'data-measure-width': 'history', key: 'plot' },
      element(
        'ul',
        { class: 'small-charts' },
        lines.map((line) =>
          element(
            'li',
            { key: `${line.measure} ${line.subject}` },
            element('b', {}, measureTitle(line)),
            element('p', { class: 'source' }, historySentence(line)),
            // One point is no line yet: the words above say all of it.
            width > 0 &&
              line.points.length > 1 &&
              historyChart({ line, theme: themeOf(state), width: chartWidth }),
          ),
        ),
      ),
    ),
    element(
      'details',
      { key: 'numbers', id: 'history-numbers' },
      element('summary', {}, 'Numbers'),
      table(
        'Measures over time, UTC',
        [
          { name: 'Measure', cell: measureTitle },
          { name: 'From', cell: ({ points }) => (points[0] ? minute(points[0].time) : '–') },
          { name: 'To', cell: ({ points }) => (points.length > 0 ? minute(points.at(-1)!.time) : '–') },
          { name: 'Now, and between what', cell: historySentence },
        ],
        lines,
        ({ measure, subject }) => `${measure} ${subject}`,
      ),
    ),
  ];
}
