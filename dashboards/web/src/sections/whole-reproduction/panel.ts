import { exported, type DataTable } from '../../export/exportable.ts';
import { percent } from '../../format/number.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { reproductionChart, reproductionNumber, reproductionSentence } from '../reproduction/chart.ts';
import { wholeReproduction as asked } from './asked.ts';
import type { WholeReproduction } from './load.ts';

const NAME = 'whole-reproduction';
/** What is above this is drawn at the edge; the words above the line have the number. */
const HIGHEST_DRAWN = 4;

/** How strongly a fall of everything feeds itself. */
export function wholeReproductionPanel(state: State): Markup {
  return section({
    id: NAME,
    title: 'How strongly a fall of everything feeds itself',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'The greatest growth of the ',
      term('feedback matrix'),
      ': what a small further fall grows by from round to round when all prices have fallen together by so much. At 1 and above it feeds itself.',
    ),
    body: (value) => body(state, value),
  });
}

function body(state: State, value: WholeReproduction): Piece {
  const { points } = value;
  const line = { asset: { address: '', symbol: 'All assets together' }, points };
  const width = state.widths[NAME] ?? 0;
  const top = Math.min(HIGHEST_DRAWN, Math.max(1.25, ...points.map(({ reproduction }) => reproduction)));
  const svg = width > 0 ? reproductionChart({ line, theme: themeOf(state), width, top }) : undefined;
  const plot = element('div', { class: 'plot', 'data-measure-width': NAME, key: 'plot' }, svg);
  const words = reproductionSentence(line);
  const out = [...new Set(points.flatMap(({ leftOut }) => leftOut))];
  return [
    element('p', { key: 'words' }, `${words}.`),
    svg
      ? exported(plot, {
          ...{ id: NAME, title: 'Reproduction number of the whole by price move' },
          data: () => dataOf(value),
          pictures: () => [{ title: line.asset.symbol, words, svg }],
        })
      : plot,
    out.length > 0 &&
      element(
        'p',
        { class: 'source', key: 'out' },
        `Without a market of their own there: ${out.join(', ')}.`,
      ),
    element(
      'details',
      { key: 'numbers', id: `${NAME}-numbers` },
      element('summary', {}, 'Numbers'),
      table(
        points,
        {
          id: `${NAME}-numbers`,
          caption: 'Reproduction number of the whole by move of all prices',
          columns: [
            {
              name: 'Move',
              unit: 'move',
              value: ({ move }) => move,
              cell: ({ move }) => (move === 0 ? 'now' : percent(move)),
            },
            {
              name: 'Reproduction number',
              unit: 'count',
              value: ({ reproduction }) => reproduction,
              cell: ({ reproduction }) => reproductionNumber(reproduction),
            },
          ],
          keyOf: ({ move }) => move,
        },
        state,
      ),
    ),
    sourceLine(value, { pinned: undefined, loaded: answerOf(state, asked) }),
  ];
}

const dataOf = ({ points }: WholeReproduction): DataTable => ({
  columns: [
    { name: 'Move', unit: 'move' },
    { name: 'Reproduction number', unit: 'count' },
    { name: 'Left out' },
  ],
  rows: points.map(({ move, reproduction, leftOut }) => [move, reproduction, leftOut.join(' ')]),
});
