import { paletteOf, type Theme } from '../chart/palette.ts';
import { element, type Markup } from '../markup/element.ts';
import { shortened } from '../table/unit.ts';
import type { DataTable, Picture } from './exportable.ts';

const ROW = 22;
/** Pixels of a character of 12 pixels, the widest of usual ones. */
const CHARACTER = 7;
const GAP = 20;
/** A picture is looked at: longer tables are for CSV and JSON, and the picture says so. */
export const MOST_ROWS = 200;
const LONGEST = 44;

/** A table as a drawing, its numbers as they are read on the page. */
export function tablePicture(table: DataTable, theme: Theme): Picture {
  const palette = paletteOf(theme);
  const rows = table.rows
    .slice(0, MOST_ROWS)
    .map((row) => row.map((value, i) => cut(shortened(value, table.columns[i]?.unit))));
  const widths = table.columns.map(
    ({ name }, i) => Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)) * CHARACTER,
  );
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width + GAP, 0));
  const width = widths.reduce((sum, one) => sum + one + GAP, -GAP);
  const height = (rows.length + 1) * ROW + 4;
  const line = (texts: readonly string[], y: number, fill: string, weight: number): Markup =>
    element(
      'g',
      { fill, 'font-weight': weight },
      texts.map((text, i) => {
        const isNumber = table.columns[i]?.unit !== undefined;
        const x = (starts[i] ?? 0) + (isNumber ? (widths[i] ?? 0) : 0);
        return element('text', { x, y: y + 15, 'text-anchor': isNumber ? 'end' : 'start' }, text);
      }),
    );
  const names = table.columns.map(({ name }) => name);
  const left = table.rows.length - rows.length;
  return {
    ...(left > 0 && {
      words: `The first ${rows.length} of ${table.rows.length} rows; CSV and JSON have all.`,
    }),
    svg: element(
      'svg',
      { width, height, viewBox: `0 0 ${width} ${height}`, 'font-size': 12 },
      line(names, 0, palette.muted, 600),
      rows.map((row, i) => [
        element('line', { x2: width, y1: (i + 1) * ROW, y2: (i + 1) * ROW, stroke: palette.line }),
        line(row, (i + 1) * ROW, palette.ink, 400),
      ]),
    ),
  };
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
