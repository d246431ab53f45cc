import { percent } from '../../format/number.ts';
import { term } from '../../glossary/term.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { section } from '../../frame/section.ts';
import { smallCharts } from '../../frame/small-charts.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { reproduction as asked } from './asked.ts';
import { reproductionData } from './data.ts';
import { reproductionChart, reproductionNumber, reproductionSentence } from './chart.ts';
import type { Reproduction, ReproductionLine } from './load.ts';

/** What is above this is drawn at the edge; the words beside the line have the number. */
const HIGHEST_DRAWN = 4;

/** Where a fall would feed itself. */
export function reproductionPanel(state: State): Markup {
  return section({
    id: 'reproduction',
    title: 'Where a fall feeds itself',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      term('reproduction number', 'Reproduction number'),
      ': units that liquidations sell because of one more unit sold, at each price on the way down. Below 1 a cascade dies out; from 1 on it feeds itself.',
    ),
    body: (value) => body(state, value),
  });
}

function body(state: State, reproduction: Reproduction): Piece {
  const { moves } = reproduction;
  const all = reproduction.lines.filter(({ asset }) => isShown(state, asset));
  const lines = all.filter(isKnown).sort((a, b) => peak(b) - peak(a));
  const others = all.filter((line) => !isKnown(line)).map(({ asset }) => asset.symbol);
  if (all.length === 0)
    return element(
      'p',
      { class: 'waiting' },
      state.at.parts['symbol'] === undefined
        ? 'No asset with a price is known yet.'
        : 'No account has it as collateral: nothing of it would be sold.',
    );
  const top = highest(lines);
  return [
    smallCharts(
      state,
      {
        name: 'reproduction',
        title: 'Reproduction number by price move',
        data: () => reproductionData(lines),
      },
      lines.map((line) => ({
        key: line.asset.address,
        title: line.asset.symbol,
        tip: line.asset.address,
        words: reproductionSentence(line),
        draw: (width) => reproductionChart({ line, theme: themeOf(state), width, top }),
      })),
    ),
    others.length > 0 &&
      element(
        'p',
        { class: 'source', key: 'others' },
        `Without a pool of their own, so without a number: ${others.join(', ')}.`,
      ),
    element(
      'details',
      { key: 'numbers', id: 'reproduction-numbers' },
      element('summary', {}, 'Numbers'),
      table(
        moves.map((_, i) => i),
        {
          id: 'reproduction-numbers',
          caption: 'Reproduction number by price move and asset',
          columns: [
            {
              name: 'Move',
              unit: 'move',
              value: (i) => moves[i],
              cell: (i) => (moves[i] === 0 ? 'now' : percent(moves[i]!)),
            },
            ...lines.map(({ asset, points }): Column<number> => ({
              name: asset.symbol,
              unit: 'count',
              value: (i) => points[i]?.reproduction,
              cell: (i) => reproductionNumber(points[i]?.reproduction),
            })),
          ],
          keyOf: (i) => i,
        },
        state,
      ),
    ),
    sourceLine(reproduction, { pinned: state.pinned, loaded: answerOf(state, asked) }),
  ];
}

/** On the page of an asset it alone is shown. */
function isShown({ at }: State, { symbol, address }: ReproductionLine['asset']): boolean {
  const named = at.parts['symbol']?.toLowerCase();
  return named === undefined || symbol.toLowerCase() === named || address.toLowerCase() === named;
}

const isKnown = ({ points }: ReproductionLine) => points.some(({ reproduction }) => reproduction !== null);

const peak = ({ points }: ReproductionLine) =>
  Math.max(0, ...points.map(({ reproduction }) => reproduction ?? 0));

/** The top of all scales: the highest number, not below 1.25 and not above what is drawn. */
function highest(lines: readonly ReproductionLine[]): number {
  return Math.min(HIGHEST_DRAWN, Math.max(1.25, ...lines.map(peak)));
}
