import { exported } from '../../export/exportable.ts';
import { count, move, price, times, usd } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { answerOf } from '../../frame/asked.ts';
import { sourceLine } from '../../frame/at-block.ts';
import { moment } from '../../frame/moment.ts';
import { section } from '../../frame/section.ts';
import { themeOf, type State } from '../../frame/state.ts';
import { fixedAssetsSentence } from '../../scenario/fixed-assets.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../scenario/scenario.ts';
import { exposures } from '../exposure/asked.ts';
import { heatmap } from './asked.ts';
import { cellSentence, heatmapChart, type CellPlace } from './chart.ts';
import { heatmapData } from './data.ts';
import { heatmapLegend } from './legend.ts';
import { cornerOf, heatmapLayout, NARROW, placeOf } from './layout.ts';
import type { Heatmap } from './load.ts';
import { amplificationFloorUsd, MEASURE_IDS, MEASURES } from './measure.ts';

/** Which move of what would cost how much. */
export function heatmapPanel(state: State): Markup {
  const { measure, now } = state;
  const loaded = answerOf(state, heatmap);
  return section({
    id: 'content',
    title: 'Price moves',
    loaded,
    now,
    aside: element(
      'div',
      { class: 'switch', role: 'group', 'aria-label': 'Measure' },
      MEASURE_IDS.map((id) =>
        element(
          'button',
          {
            type: 'button',
            'data-act': 'measure',
            'data-measure': id,
            'aria-pressed': id === measure ? 'true' : 'false',
            title: MEASURES[id].explanation,
          },
          MEASURES[id].name,
        ),
      ),
    ),
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      `${MEASURES[measure].explanation}, if a reference falls or rises by so much, with all that is tied to it. `,
      loaded.value?.rows.some(({ tiedTo }) => tiedTo !== null) === true &&
        'In rows that say “from” (or “/”) one asset alone moves, away from what it is tied to: a depeg. ',
      'Arrow keys move, Enter opens the cascade.',
    ),
    body: (map) => body(state, map),
  });
}

function body(state: State, map: Heatmap): Piece {
  const { measure, now, hinted, pinned } = state;
  const width = state.widths['heatmap'] ?? 0;
  if (map.rows.length === 0) {
    return element(
      'p',
      { class: 'waiting' },
      `No asset with a price at block ${count(map.head.block)} yet; indexing.`,
    );
  }
  const theme = themeOf(state);
  const { rows } = map;
  const floorUsd = amplificationFloorUsd(map.coverage);
  const exposed = answerOf(state, exposures).value;
  const fixed = exposed && fixedAssetsSentence(exposed);
  return [
    element(
      'div',
      { class: 'plot', 'data-measure-width': 'heatmap', key: 'plot' },
      // Sideways scrolling only when there are more cells than fit.
      element('div', { class: 'plot-scroll' }, width > 0 && exportedMap(state, map, width)),
      hinted && width > 0 && tooltip(map, hinted, width),
    ),
    width > 0 && width < NARROW && answerBelow(state, map),
    element(
      'div',
      { class: 'under', key: 'under' },
      heatmapLegend({ rows, measure, floorUsd, theme }),
      sourceLine(map, { pinned, loaded: answerOf(state, heatmap) }, [
        ' Block time: ',
        moment(map.head.time, now),
        '.',
      ]),
    ),
    measure === 'amplification' &&
      element(
        'p',
        { class: 'source', key: 'floor' },
        `Where less than ${usd(floorUsd)} is liquidated, a hundredth of the debt, the ratio is of next to nothing: it is written, but has no colour and is not named as the largest.`,
      ),
    isOfOthers(state) &&
      element(
        'p',
        { class: 'source', key: 'others' },
        'The map is of the terms in force, of liquidators and depth as usual, and of volatility as it is; the scenario on screen has others, so that no cell is it.',
      ),
    fixed !== undefined && element('p', { class: 'source', key: 'fixed' }, fixed),
  ];
}

function exportedMap(state: State, map: Heatmap, width: number): Markup {
  const { measure } = state;
  const theme = themeOf(state);
  const { rows, moves } = map;
  const floorUsd = amplificationFloorUsd(map.coverage);
  const drawing = { rows, moves, measure, floorUsd, theme, width };
  const chart = heatmapChart({
    ...drawing,
    chosen: chosenCell(state),
    reachable: reachableCell(state),
    changed: state.changed,
  });
  return exported(chart, {
    id: `heatmap-${measure}`,
    title: `${MEASURES[measure].name} by asset and price move`,
    data: () => heatmapData(map),
    pictures: () => [{ svg: chart }, { svg: heatmapLegend(drawing) }],
  });
}

/** Whether the scenario on screen has what the map has not: it is of the terms in force, and of liquidators and depth as usual. */
const isOfOthers = ({ settings, overrides }: State): boolean =>
  overrides.length > 0 ||
  // The capital counts only with those who are limited by it.
  Object.entries(DEFAULT_SETTINGS).some(
    ([name, usual]) => name !== 'capitalUsd' && settings[name as keyof Settings] !== usual,
  );

/** The cell that the scenario stands for: one row, moved by one of the columns, and all else as in the map. */
export function chosenCell(state: State): CellPlace | undefined {
  const { moves } = state;
  if (isOfOthers(state)) return undefined;
  const map = answerOf(state, heatmap).value;
  const only = moves?.length === 1 ? moves[0] : undefined;
  if (!map || !only) return undefined;
  const asset = map.rows.findIndex(({ name }) => name === only.what);
  const move = map.moves.findIndex((candidate) => Math.abs(candidate - only.move) < 1e-9);
  return asset >= 0 && move >= 0 ? { asset, move } : undefined;
}

/** The cell that the Tab key reaches: where the keyboard was, kept inside the grid. */
export function reachableCell(state: State): CellPlace {
  const { reachable } = state;
  const map = answerOf(state, heatmap).value;
  if (!map) return reachable;
  return {
    asset: Math.max(0, Math.min(reachable.asset, map.rows.length - 1)),
    move: Math.max(0, Math.min(reachable.move, map.moves.length - 1)),
  };
}

/** On a phone what a tapped cell says stands under the map, and at the lower edge of the window while the map is in it. */
function answerBelow(state: State, map: Heatmap): Piece {
  const chosen = chosenCell(state);
  const row = chosen && map.rows[chosen.asset];
  const cell = chosen && row?.cells[chosen.move];
  if (!row || !cell) return undefined;
  return element(
    'div',
    { class: 'answer', key: 'answer' },
    element('p', {}, `${cellSentence(row, cell)}.`),
    element(
      'div',
      { class: 'actions' },
      element(
        'button',
        { type: 'button', class: 'small', 'data-act': 'jump', 'data-to': 'loss' },
        'What is lost',
      ),
      element(
        'button',
        { type: 'button', class: 'small', 'data-act': 'tab', 'data-tab': 'rounds', 'data-to': 'cascade' },
        'Round by round',
      ),
    ),
  );
}

/** All numbers of a cell beside it. Screen readers have them in the cell's own description. */
function tooltip(map: Heatmap, at: CellPlace, width: number): Markup | undefined {
  const row = map.rows[at.asset];
  const cell = row?.cells[at.move];
  if (!row || !cell) return undefined;
  const layout = heatmapLayout(map.rows.length, map.moves, width);
  const place = placeOf(layout, at.asset, at.move);
  const corner = cornerOf(layout, place.row, place.column);
  const lines: [string, string][] = [
    ['Price before', price(row.priceUsd)],
    ['Price at the end', `${price(row.priceUsd * (1 + cell.finalMove))} (${move(cell.finalMove)})`],
    ['Loss', usd(cell.lossUsd)],
    ['Bad debt', usd(cell.badDebtUsd)],
    ['Shortfall', usd(cell.shortfallUsd)],
    ['Loss if all had to be sold', usd(cell.lossAtSaleUsd)],
    ['Due and stuck', usd(cell.stuckUsd)],
    ['Accounts liquidated', count(cell.accounts)],
    ['Liquidated', usd(cell.liquidatedUsd)],
    ['Rounds', count(cell.rounds)],
    ['Amplification', cell.amplification === null ? 'nobody is liquidated' : times(cell.amplification)],
  ];
  return element(
    'div',
    {
      class: 'tooltip',
      key: 'tooltip',
      'aria-hidden': 'true',
      'data-x': corner.x + layout.cellWidth / 2,
      'data-y': corner.y + layout.cellHeight,
    },
    element('b', {}, `${row.symbol} ${move(cell.move)}`),
    row.tiedTo !== null && ` against ${row.tiedTo}`,
    element(
      'dl',
      {},
      lines.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    ),
  );
}
