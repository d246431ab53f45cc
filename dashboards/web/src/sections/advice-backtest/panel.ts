import { exported } from '../../export/exportable.ts';
import { count, percent } from '../../format/number.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { oneAdvice as asked } from '../advice-one/asked.ts';
import { backtestChart, backtestSentence } from './chart.ts';
import { lineName, overWords, type Backtest } from './words.ts';

const NAME = 'advice-backtest';

/** Whether the chosen advice would have held: by prices alone, and through whole cascades where somebody asked for that. */
export function backtestPanel(state: State): Markup {
  return section({
    id: NAME,
    title: 'Would it have held?',
    loaded: answerOf(state, asked),
    now: state.now,
    body: (advice) =>
      advice === null || (advice.backtest === null && advice.cascadeBacktest === null)
        ? element(
            'p',
            { class: 'waiting', key: 'none' },
            'It was not backtested: advices carry backtests since they are kept with the prices of their time.',
          )
        : [
            advice.backtest !== null && told(state, advice.backtest, NAME),
            (advice.backtest?.lines.length ?? 0) > 0 && element('p', { class: 'source', key: 'key' }, KEYS),
            advice.cascadeBacktest === null
              ? element(
                  'p',
                  { class: 'source', key: 'cascade' },
                  'Through whole cascades it was not held against the past: the form of this page can, at as many dates as you say.',
                )
              : [
                  element('h3', { key: 'cascade' }, 'The advice itself, at dates of the past'),
                  told(state, advice.cascadeBacktest, `${NAME}-cascade`),
                ],
          ],
  });
}

function told(state: State, backtest: Backtest, id: string): Piece {
  const { words, lines } = backtest;
  return [
    words.map((sentence, at) => element('p', { key: `${id} ${at}` }, sentence)),
    lines.length > 0 && [
      picture(state, backtest, id),
      linesTable(state, backtest, id),
      element('p', { class: 'source', key: `${id} over` }, overWords(backtest)),
    ],
  ];
}

const KEYS =
  'A window held where what came stayed within what was allowed for. Kupiec’s test asks whether there are as many exceptions as there should be, and rejects too few as well as too many; Christoffersen’s asks whether they come in clusters: each rejects below p = 0.05. ' +
  'The traffic light is red where so many exceptions come by chance once in ten thousand times. The largest cut within 30 days says how procyclical a line is: what borrowers lose just when prices fall.';

function picture(state: State, { lines, confidence, of }: Backtest, id: string): Piece {
  const width = state.widths[id] ?? 0;
  const drawing = { lines, confidence: confidence ?? 1, theme: themeOf(state), width };
  const svg = width > 0 ? backtestChart(drawing) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': id, key: `${id} plot` }, svg);
  if (!svg) return plot;
  return exported(plot, {
    ...{ id, title: of === 'cascade' ? 'Backtest through cascades' : 'Backtest' },
    data: () => ({
      columns: [
        { name: 'Line' },
        { name: 'Windows that held', unit: 'ratio' },
        { name: 'Least', unit: 'ratio' },
        { name: 'Mean', unit: 'ratio' },
        { name: 'Greatest', unit: 'ratio' },
      ],
      rows: lines.map(({ name, coverage, least, meanThreshold, greatest }) => [
        ...[name, coverage, least, meanThreshold, greatest],
      ]),
    }),
    pictures: () => [{ title: 'Backtest', words: backtestSentence(drawing), svg }],
  });
}

const pText = (value: number): string => (value < 0.001 ? '< 0.001' : value.toFixed(3));

function linesTable(state: State, { lines, of }: Backtest, id: string): Markup {
  return table(
    lines,
    {
      id: `${id}-lines`,
      caption:
        of === 'cascade'
          ? 'The advice made anew at each date, and the present value, through whole cascades'
          : 'What was advised, and what else could have been set, over the same windows',
      isInOrder: true,
      columns: [
        {
          name: 'Line',
          value: ({ name }) => lineName(name),
          also: [{ name: 'Id', value: ({ name }) => name }],
        },
        {
          ...{ name: 'Held', unit: 'ratio' },
          title: 'Share of windows that held',
          value: ({ coverage }) => coverage,
          cell: ({ coverage }) => percent(coverage, 2),
        },
        {
          ...{ name: 'Exceptions', unit: 'count' },
          value: ({ exceptions }) => exceptions,
          cell: ({ exceptions, dates }) => `${count(exceptions)} of ${count(dates)}`,
          also: [{ name: 'Dates', unit: 'count', value: ({ dates }) => dates }],
        },
        {
          ...{ name: 'Kupiec p', unit: 'count' },
          value: ({ kupiecP }) => kupiecP,
          cell: ({ kupiecP }) => pText(kupiecP),
        },
        {
          ...{ name: 'Christoffersen p', unit: 'count' },
          value: ({ independenceP }) => independenceP,
          cell: ({ independenceP }) => pText(independenceP),
        },
        { name: 'Traffic light', value: ({ zone }) => zone },
        { name: 'Mean', unit: 'ratio', value: ({ meanThreshold }) => meanThreshold },
        {
          ...{ name: 'Largest cut', unit: 'ratio' },
          title: 'Within 30 days, in points of the value',
          value: ({ largestCut }) => largestCut,
          cell: ({ largestCut }) => `${(100 * largestCut).toFixed(1)} points`,
        },
      ],
      keyOf: ({ name }) => name,
    },
    state,
  );
}
