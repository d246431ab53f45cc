import { byUnit } from '../../table/by-unit.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf, type Asked } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import { smallCharts } from '../../frame/small-charts.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { fallHistory, history, venueHistory } from './asked.ts';
import { historyData } from './data.ts';
import { figure, greatestOf, historyChart, historySentence, leastOf, measureTitle } from './chart.ts';
import type { MeasureLine } from './load.ts';
import { unitOfMeasure } from './unit-of-measure.ts';

/** What is shown over time, and how it is called. */
interface Shown {
  /** Of the section, and of the charts’ file. */
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly asked: Asked<readonly MeasureLine[]>;
}

/** What was measured of everything over time: how the loss of a fall, the debt and what is due have moved. */
export const historyPanel = historyView({
  ...{ id: 'history', title: 'Over time', asked: history },
  lead: 'Every few minutes the newest book is measured, and what comes out is kept: how much lenders would lose if a reference fell by 30 %, and how much is owed, held and due. The line is the last value of each step, the band all values within it.',
});

/** The same of one venue. */
export const venueHistoryPanel = historyView({
  ...{ id: 'venue-history', title: 'Over time', asked: venueHistory },
  lead: 'What the accounts of this venue owed and held, how many there were, and how many of them were due. The line is the last value of each step, the band all values within it.',
});

/** What falls of an asset would have cost. */
export const fallHistoryPanel = historyView({
  ...{ id: 'fall-history', title: 'What a fall would have cost', asked: fallHistory },
  lead: 'The loss of lenders, funds and other traders if the asset, or what it stands for, had fallen by so much. The line is the last value of each step, the band all values within it.',
});

function historyView({ id, title, lead, asked }: Shown): (state: State) => Markup {
  return (state) =>
    section({
      ...{ id, title, loaded: answerOf(state, asked), now: state.now },
      lead: element('p', { class: 'lead', key: 'lead' }, lead),
      body: (lines) => body(state, id, lines),
    });
}

function body(state: State, id: string, lines: readonly MeasureLine[]): Piece {
  if (lines.length === 0)
    return element(
      'p',
      { class: 'waiting' },
      'Nothing of this has been measured yet: the book is measured every few minutes.',
    );
  const inUnits = (name: string, value: (line: MeasureLine) => number | undefined) =>
    byUnit(lines, { name, unitOf: unitOfMeasure, value });
  const now = inUnits('Now', ({ points }) => points.at(-1)?.value);
  const isOnce = lines.every(({ points }) => points.length < 2);
  return [
    isOnce &&
      element(
        'p',
        { class: 'source', key: 'once' },
        'Measured in one step so far: lines begin with the second.',
      ),
    smallCharts(
      state,
      { name: id, title: 'Measures over time', data: () => historyData(lines) },
      lines.map((line) => ({
        key: `${line.measure} ${line.subject}`,
        title: measureTitle(line),
        words: isOnce ? figure(line, line.points.at(-1)?.value ?? Number.NaN) : historySentence(line),
        // One point is no line yet: the words above say all of it.
        draw: (width) =>
          line.points.length > 1 ? historyChart({ line, theme: themeOf(state), width }) : undefined,
      })),
    ),
    element(
      'details',
      { key: 'numbers', id: `${id}-numbers` },
      element('summary', {}, 'Numbers'),
      table(
        lines,
        {
          id: `${id}-measures`,
          caption: 'Measures over time, UTC',
          columns: [
            { name: 'Measure', value: measureTitle },
            { name: 'From', unit: 'time', value: ({ points }) => points[0]?.time },
            { name: 'To', unit: 'time', value: ({ points }) => points.at(-1)?.time },
            {
              ...now,
              title: 'And between what since the first measurement',
              cell: historySentence,
              also: [
                ...(now.also ?? []),
                ...[
                  inUnits('Least', ({ points }) => leastOf(points)),
                  inUnits('Greatest', ({ points }) => greatestOf(points)),
                ].flatMap((one) => [one, ...(one.also ?? [])]),
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
