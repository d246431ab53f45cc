import { paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import { count, counted, move as signed, price, times, usd } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import { cornerOf, heatmapLayout, placeOf, type HeatmapLayout } from './layout.ts';
import type { HeatmapCell, HeatmapRow } from './load.ts';
import { comparedValues, counts, MEASURES, type Measure } from './measure.ts';
import { heatScale, type HeatScale } from './scale.ts';

export interface HeatmapDrawing {
  readonly rows: readonly HeatmapRow[];
  readonly moves: readonly number[];
  readonly measure: Measure;
  /** Cells that liquidate less have no colour by amplification. */
  readonly floorUsd: number;
  readonly theme: Theme;
  /** Pixels available; the drawing is wider when its cells would be too small to read. */
  readonly width: number;
  /** Number of the row and of the move that is shown in the panel beside. */
  readonly chosen?: CellPlace | undefined;
  /** The one cell that the Tab key reaches. */
  readonly reachable?: CellPlace | undefined;
  /** Cells that differ from the drawing before, by `cellKey`, and a number that grows with every change. */
  readonly changed?: { readonly keys: ReadonlySet<string>; readonly generation: number } | undefined;
}

export interface CellPlace {
  readonly asset: number;
  readonly move: number;
}

export const cellKey = (name: string, move: number): string => `${name}@${move}`;

/** Assets × moves as an SVG grid: one coloured cell with its number each, described in full for screen readers. */
export function heatmapChart(drawing: HeatmapDrawing): Markup {
  const { rows, moves, measure, floorUsd, theme, width } = drawing;
  const layout = heatmapLayout(rows.length, moves, width);
  const scale = heatScale(measure, theme, comparedValues(rows, measure, floorUsd));
  const palette = paletteOf(theme);
  const lines = Array.from({ length: layout.rows }, (_, row) =>
    element(
      'g',
      { role: 'row', key: row },
      layout.isUpright
        ? moveHeader(moves[row] ?? 0, row, layout, palette)
        : assetHeader(rows[row], row, layout, palette),
      Array.from({ length: layout.columns }, (_, column) =>
        gridCell(drawing, { layout, scale, palette }, row, column),
      ),
    ),
  );
  return element(
    'svg',
    {
      class: 'heatmap',
      role: 'grid',
      'aria-label': `${MEASURES[measure].name} by asset and price move`,
      width: layout.width,
      height: layout.height,
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      'font-family': 'system-ui, sans-serif',
      'font-size': 12,
    },
    element(
      'g',
      { role: 'row', key: 'head' },
      layout.isUpright
        ? rows.map((row, i) => assetHeader(row, i, layout, palette))
        : moves.map((move, i) => moveHeader(move, i, layout, palette)),
    ),
    lines,
  );
}

/** Everything known of a cell in one sentence: what a screen reader says and a tooltip shows. */
export function cellSentence(row: HeatmapRow, cell: HeatmapCell): string {
  const what = `${row.symbol} ${signed(cell.move)}`;
  const hit = `${counted(cell.accounts, 'account')} liquidated in ${counted(cell.rounds, 'round')}`;
  const who = cell.accounts === 0 ? 'nobody is liquidated' : hit;
  const losses = `loss ${usd(cell.lossUsd)}, bad debt ${usd(cell.badDebtUsd)}, stuck ${usd(cell.stuckUsd)}`;
  return `${what}: ${who}, ${losses}, ${usd(cell.liquidatedUsd)} seized, amplification ${times(cell.amplification)}, final price ${signed(cell.finalMove)}`;
}

interface Tools {
  readonly layout: HeatmapLayout;
  readonly scale: HeatScale;
  readonly palette: Palette;
}

function gridCell(drawing: HeatmapDrawing, tools: Tools, row: number, column: number): Markup | undefined {
  const { layout, scale, palette } = tools;
  // placeOf is its own inverse.
  const { row: asset, column: move } = placeOf(layout, row, column);
  const line = drawing.rows[asset];
  const cell = line?.cells[move];
  if (!line || !cell) return undefined;
  const { x, y } = cornerOf(layout, row, column);
  const { value, format } = MEASURES[drawing.measure];
  const colour = counts(drawing.measure, cell, drawing.floorUsd) ? scale.colour(value(cell)) : undefined;
  const isChosen = drawing.chosen?.asset === asset && drawing.chosen.move === move;
  const isReachable = drawing.reachable?.asset === asset && drawing.reachable.move === move;
  const isChanged = drawing.changed?.keys.has(cellKey(line.name, cell.move)) ?? false;
  const box = { width: layout.cellWidth, height: layout.cellHeight, rx: 4 };
  return element(
    'g',
    {
      key: cellKey(line.name, cell.move),
      role: 'gridcell',
      class: 'cell',
      transform: `translate(${x},${y})`,
      tabindex: isReachable ? 0 : -1,
      'data-act': 'choose-cell',
      'data-asset': asset,
      'data-move': move,
      'aria-selected': isChosen ? 'true' : 'false',
      'aria-label': cellSentence(line, cell),
    },
    element('rect', {
      ...box,
      class: 'fill',
      fill: colour?.fill ?? palette.line,
      'fill-opacity': colour ? 1 : 0.45,
    }),
    isChanged &&
      element('rect', {
        ...box,
        key: `pulse-${drawing.changed?.generation}`,
        class: 'pulse',
        fill: palette.ink,
        opacity: 0,
      }),
    element(
      'text',
      {
        x: layout.cellWidth / 2,
        y: layout.cellHeight / 2,
        dy: '0.36em',
        'text-anchor': 'middle',
        fill: colour?.ink ?? palette.muted,
        'font-size': layout.cellWidth < 54 ? 11 : 12,
        'font-weight': isChosen ? 700 : 500,
      },
      format(value(cell)),
    ),
    element('rect', {
      class: 'frame',
      x: 1,
      y: 1,
      width: layout.cellWidth - 2,
      height: layout.cellHeight - 2,
      rx: 3.5,
      fill: 'none',
      stroke: isChosen ? palette.ink : 'none',
      'stroke-width': 2.5,
    }),
  );
}

function moveHeader(move: number, i: number, layout: HeatmapLayout, palette: Palette): Markup {
  const { x, y } = layout.isUpright ? cornerOf(layout, i, 0) : cornerOf(layout, 0, i);
  const place = layout.isUpright
    ? { x: layout.left - 8, y: y + layout.cellHeight / 2, dy: '0.36em', 'text-anchor': 'end' }
    : { x: x + layout.cellWidth / 2, y: layout.top - 10, 'text-anchor': 'middle' };
  return element(
    'g',
    { role: layout.isUpright ? 'rowheader' : 'columnheader', key: `move-${move}` },
    element('text', { ...place, fill: palette.muted }, signed(move)),
  );
}

function assetHeader(
  row: HeatmapRow | undefined,
  i: number,
  layout: HeatmapLayout,
  palette: Palette,
): Markup {
  const { x, y } = layout.isUpright ? cornerOf(layout, 0, i) : cornerOf(layout, i, 0);
  const [first, second] = layout.isUpright
    ? [
        { x: x + layout.cellWidth / 2, y: 14, 'text-anchor': 'middle' },
        { x: x + layout.cellWidth / 2, y: 30, 'text-anchor': 'middle' },
      ]
    : [
        { x: 0, y: y + layout.cellHeight / 2 - 4 },
        { x: 0, y: y + layout.cellHeight / 2 + 12 },
      ];
  return element(
    'g',
    { role: layout.isUpright ? 'columnheader' : 'rowheader', key: `row-${row?.name}` },
    element(
      'text',
      { ...first, fill: palette.ink, 'font-weight': 650 },
      shortSymbol(row?.symbol ?? '', layout.isUpright ? 8 : 10),
    ),
    element('text', { ...second, fill: palette.muted, 'font-size': 11 }, underSymbol(row, layout.isUpright)),
  );
}

/** The price; of a discount of its own, what it hangs on. */
function underSymbol(row: HeatmapRow | undefined, isShort: boolean): string {
  if (row?.tiedTo === undefined || row.tiedTo === null) {
    const isLong = isShort && (row?.priceUsd ?? 0) >= 1_000;
    return isLong ? `$${count(row?.priceUsd)}` : price(row?.priceUsd);
  }
  const base = shortSymbol(row.tiedTo, 6);
  return isShort ? `/ ${base}` : `from ${base}`;
}

const shortSymbol = (symbol: string, most: number) =>
  symbol.length > most ? `${symbol.slice(0, most - 1)}…` : symbol;
