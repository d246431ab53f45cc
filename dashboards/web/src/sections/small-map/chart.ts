import { paletteOf, type Theme } from '../../chart/palette.ts';
import { move as signed } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import { cellSentence } from '../heatmap/chart.ts';
import type { HeatmapCell, HeatmapRow } from '../heatmap/load.ts';
import { comparedValues, MEASURES } from '../heatmap/measure.ts';
import { heatScale } from '../heatmap/scale.ts';

export interface SmallMapDrawing {
  /** All rows of the map: the colours are spread over them. */
  readonly all: readonly HeatmapRow[];
  /** Those that are drawn. */
  readonly rows: readonly HeatmapRow[];
  readonly theme: Theme;
  readonly width: number;
  /** Where a cell leads. */
  readonly hrefOf: (row: HeatmapRow, cell: HeatmapCell) => string;
}

/** The moves that risk desks quote, and a rise. */
export const SMALL_MOVES: readonly number[] = [-0.1, -0.2, -0.3, -0.5, 0.3];

const BOX = { left: 74, top: 22, cell: 40, gap: 3 };

/** The losses of a few moves of a few rows, each a link to its scenario. */
export function smallMapChart({ all, rows, theme, width, hrefOf }: SmallMapDrawing): Markup {
  const palette = paletteOf(theme);
  const scale = heatScale('loss', theme, comparedValues(all, 'loss', 0));
  const across = (width - BOX.left) / SMALL_MOVES.length;
  const height = BOX.top + rows.length * (BOX.cell + BOX.gap);
  const { value, format } = MEASURES.loss;
  return element(
    'svg',
    {
      ...{ class: 'small-map', width, height, viewBox: `0 0 ${width} ${height}` },
      ...{ role: 'group', 'aria-label': 'Losses by asset and price move, each a link to its scenario' },
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 12 },
    },
    SMALL_MOVES.map((move, i) =>
      element(
        'text',
        {
          ...{ key: move, x: BOX.left + (i + 0.5) * across, y: 13 },
          ...{ 'text-anchor': 'middle', fill: palette.muted },
        },
        signed(move),
      ),
    ),
    rows.map((row, i) => {
      const y = BOX.top + i * (BOX.cell + BOX.gap);
      return element(
        'g',
        { key: row.name },
        element(
          'text',
          {
            x: 0,
            y: y + BOX.cell / 2,
            dy: row.tiedTo === null ? '0.36em' : '-0.2em',
            fill: palette.ink,
            'font-weight': 650,
          },
          row.symbol,
        ),
        row.tiedTo !== null &&
          element(
            'text',
            { x: 0, y: y + BOX.cell / 2 + 13, fill: palette.muted, 'font-size': 11 },
            `from ${row.tiedTo}`,
          ),
        SMALL_MOVES.map((move, column) => {
          const cell = row.cells.find((one) => one.move === move);
          if (!cell) return undefined;
          const colour = scale.colour(value(cell));
          const box = { width: across - BOX.gap, height: BOX.cell, rx: 4 };
          return element(
            'a',
            {
              ...{ key: move, class: 'cell', href: hrefOf(row, cell) },
              ...{
                'aria-label': cellSentence(row, cell),
                transform: `translate(${BOX.left + column * across},${y})`,
              },
            },
            element('rect', {
              ...{ ...box, fill: colour?.fill ?? palette.line, 'fill-opacity': colour ? 1 : 0.45 },
            }),
            element(
              'text',
              {
                ...{ x: box.width / 2, y: BOX.cell / 2, dy: '0.36em', 'text-anchor': 'middle' },
                ...{ fill: colour?.ink ?? palette.muted, 'font-weight': 500 },
              },
              format(value(cell)),
            ),
            element('rect', { ...box, class: 'frame', fill: 'none', stroke: 'none', 'stroke-width': 2 }),
          );
        }),
      );
    }),
  );
}
