import { exported } from '../../export/exportable.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { scenarioAddress } from '../../frame/carried.ts';
import { link } from '../../frame/link.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { counted } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { DEFAULT_SETTINGS } from '../../scenario/scenario.ts';
import { heatmap } from '../heatmap/asked.ts';
import type { Heatmap, HeatmapRow } from '../heatmap/load.ts';
import { heatmapData } from '../heatmap/data.ts';
import { smallMapChart, SMALL_MOVES, type SmallMapDrawing } from './chart.ts';

/** Rows that are drawn: those with the largest losses. */
const MOST_ROWS = 6;

/** What lenders, funds and other traders would lose by a few moves of what loses most; the whole map is on the page of scenarios. */
export function smallMapPanel(state: State): Markup {
  const loaded = answerOf(state, heatmap);
  return section({
    id: 'small-map',
    title: 'What moves would cost',
    loaded,
    now: state.now,
    aside: link(state, '/scenario', {}, 'The whole map'),
    body: (map) => body(state, map),
  });
}

function body(state: State, map: Heatmap): Piece {
  const rows = worstRows(map.rows);
  if (rows.length === 0) return element('p', { class: 'waiting' }, 'No asset with a price is known yet.');
  const width = state.widths['small-map'] ?? 0;
  const hrefOf = ({ name }: HeatmapRow, { move }: { readonly move: number }) =>
    scenarioAddress(state, { moves: [{ what: name, move }], settings: DEFAULT_SETTINGS, overrides: [] });
  const others = map.rows.length - rows.length;
  return [
    element(
      'div',
      { class: 'plot', 'data-measure-width': 'small-map', key: 'plot' },
      width > 0 && exportedMap({ all: map.rows, rows, theme: themeOf(state), width, hrefOf }),
    ),
    others > 0 &&
      element('p', { class: 'source', key: 'others' }, `${counted(others, 'more row')} with smaller losses.`),
    sourceLine(map, { pinned: state.pinned, loaded: answerOf(state, heatmap) }),
  ];
}

function exportedMap(drawing: SmallMapDrawing): Markup {
  const svg = smallMapChart(drawing);
  return exported(svg, {
    id: 'small-map',
    title: 'What moves would cost: loss by asset and price move',
    data: () => heatmapData({ rows: drawing.rows }),
    pictures: () => [{ svg }],
  });
}

/** The rows with the largest losses, in the order of the map. */
function worstRows(rows: readonly HeatmapRow[]): readonly HeatmapRow[] {
  const worst = ({ cells }: HeatmapRow) =>
    Math.max(0, ...cells.filter(({ move }) => SMALL_MOVES.includes(move)).map(({ lossUsd }) => lossUsd));
  const shown = new Set(rows.toSorted((a, b) => worst(b) - worst(a)).slice(0, MOST_ROWS));
  return rows.filter((row) => shown.has(row));
}
