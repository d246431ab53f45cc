import { interpolatePuBu, interpolateYlOrRd } from 'd3';
import { usd } from '../format/number.ts';
import { element, type Markup } from '../markup/element.ts';
import { inkOn } from './contrast.ts';
import { paletteOf, type Theme } from './palette.ts';

/** What is gained in a grid of moves; losses are below 0. */
export interface GainMap {
  readonly label: string;
  /** Heads of the columns and of the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** By row, then by column; undefined where the grid has no such scenario. */
  readonly gainsUsd: readonly (readonly (number | undefined)[])[];
  /** The cell that is marked as the one that binds. */
  readonly binding?: { readonly row: number; readonly column: number } | undefined;
}

export interface GainMapDrawing extends GainMap {
  readonly theme: Theme;
  readonly width: number;
}

const HEAD = 22;
const CELL = 30;
const ROW_HEAD = 92;
/** A cell in which a number can be read. */
const LEAST_CELL = 46;

/** How wide a map has to be for its numbers to be read; what is narrower scrolls sideways. */
export const leastWidth = ({ columns }: Pick<GainMap, 'columns'>): number =>
  ROW_HEAD + columns.length * LEAST_CELL;

/** A grid of moves as coloured cells: losses yellow to red, gains blue, by the square root of their size; the one that binds has a frame. */
export function gainMap(drawing: GainMapDrawing): Markup {
  const { label, columns, rows, gainsUsd, binding, theme } = drawing;
  const palette = paletteOf(theme);
  const width = Math.max(drawing.width, leastWidth(drawing));
  const cell = (width - ROW_HEAD) / columns.length;
  const most = Math.max(1, ...gainsUsd.flat().map((gain) => Math.abs(gain ?? 0)));
  const height = HEAD + rows.length * CELL + 2;
  const fillOf = (gain: number) => {
    const depth = Math.sqrt(Math.abs(gain) / most);
    const place = theme === 'dark' ? 0.86 - 0.66 * depth : 0.08 + 0.72 * depth;
    return gain < 0 ? interpolateYlOrRd(place) : interpolatePuBu(place);
  };
  return element(
    'svg',
    {
      ...{ class: 'gain-map', role: 'img', width, height, viewBox: `0 0 ${width} ${height}` },
      'aria-label': label,
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 11 },
    },
    columns.map((name, column) =>
      element(
        'text',
        {
          ...{ key: name, x: ROW_HEAD + (column + 0.5) * cell, y: 14 },
          ...{ 'text-anchor': 'middle', fill: palette.muted },
        },
        name,
      ),
    ),
    rows.map((name, row) =>
      element(
        'g',
        { key: name, transform: `translate(0,${HEAD + row * CELL})` },
        element('text', { y: CELL / 2 + 4, fill: palette.ink }, name),
        columns.map((move, column) => {
          const gain = gainsUsd[row]?.[column];
          if (gain === undefined) return undefined;
          const fill = gain === 0 ? palette.surface : fillOf(gain);
          const isBinding = binding?.row === row && binding.column === column;
          return element(
            'g',
            { key: move, transform: `translate(${ROW_HEAD + column * cell},0)` },
            element('title', {}, `${move}, ${name}: ${usd(gain)}${isBinding ? ', which binds' : ''}`),
            element('rect', {
              ...{ x: 1, y: 1, width: cell - 2, height: CELL - 2, fill },
              ...{ stroke: isBinding ? palette.ink : palette.line, 'stroke-width': isBinding ? 2.5 : 0.5 },
            }),
            element(
              'text',
              {
                ...{ x: cell / 2, y: CELL / 2 + 4, 'text-anchor': 'middle' },
                ...{ fill: gain === 0 ? palette.ink : inkOn(fill), 'font-weight': isBinding && 700 },
              },
              usd(gain),
            ),
          );
        }),
      ),
    ),
  );
}
