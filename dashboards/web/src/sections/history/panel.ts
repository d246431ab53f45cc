import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import { smallCharts } from '../../frame/small-charts.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { history } from './asked.ts';
import { historyData } from './data.ts';
import { greatestOf, historyChart, historySentence, leastOf, measureTitle } from './chart.ts';
import type { MeasureLine } from './load.ts';

/** What was measured over time: how the loss of a fall, the debt and what is due have moved. */
export function historyPanel(state: State): Markup {
  return section({
    id: 'history',
    title: 'Over time',
    loaded: answerOf(state, history),
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
  return [
    smallCharts(
      state,
      { name: 'history', title: 'Measures over time', data: () => historyData(lines) },
      lines.map((line) => ({
        key: `${line.measure} ${line.subject}`,
        title: measureTitle(line),
        words: historySentence(line),
        // One point is no line yet: the words above say all of it.
        draw: (width) =>
          line.points.length > 1 ? historyChart({ line, theme: themeOf(state), width }) : undefined,
      })),
    ),
    element(
      'details',
      { key: 'numbers', id: 'history-numbers' },
      element('summary', {}, 'Numbers'),
      table(
        lines,
        {
          id: 'history-measures',
          caption: 'Measures over time, UTC',
          columns: [
            { name: 'Measure', value: measureTitle },
            { name: 'From', unit: 'time', value: ({ points }) => points[0]?.time },
            { name: 'To', unit: 'time', value: ({ points }) => points.at(-1)?.time },
            {
              name: 'Now',
              title: 'And between what since the first measurement',
              value: ({ points }) => points.at(-1)?.value,
              cell: historySentence,
              also: [
                { name: 'Least', value: ({ points }) => leastOf(points) },
                { name: 'Greatest', value: ({ points }) => greatestOf(points) },
              ],
            },
          ],
          keyOf: ({ measure, subject }) => `${measure} ${subject}`,
        },
        state,
      ),
    ),
  ];
}
